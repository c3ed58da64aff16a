package city.elicence.ledger;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import java.time.Instant;
import java.util.Set;

/**
 * The city's ledger in the words of a licensing office: who exists, who may do what, which types there are, what has been
 * issued (as Merkle heads), what is revoked (as heads of status lists), and what has been used once.
 *
 * <p>What this interface has beyond {@link LedgerReader} is writing. A write never throws for a fault of the network or
 * the ledger: it has three outcomes, see {@link WriteOutcome}. All calls block, for as long as the limits the
 * implementation was opened with; call them from a virtual thread.
 */
public interface Ledger extends LedgerReader {

    /**
     * Puts a DID and its key on the ledger, or changes them. {@code role} may be {@link LedgerRole#NONE}, which leaves
     * the DID without the right to write for others.
     *
     * @param verkey Ed25519 public key, base58
     */
    WriteOutcome publishDid(Did did, String verkey, LedgerRole role, LedgerSigner by);

    /** Publishes the keys of a DID that is on the ledger, in place of those before. Counts only when {@code by} is the DID itself. */
    WriteOutcome publishDocument(DidDocument document, LedgerSigner by);

    /** Says what a party may issue or ask for. Counts only when {@code by} is the {@link #authority()}. */
    WriteOutcome accredit(Accreditation accreditation, LedgerSigner by);

    /** Ends every grant of a party that is still open at {@code from}; what was issued before stays valid. */
    WriteOutcome withdraw(Did party, Instant from, LedgerSigner by);

    /**
     * Publishes a version of a credential type by its digest. Once published a version can not be changed: a second
     * publication with the same digest is {@link WriteOutcome.Done}, one with another digest is refused.
     *
     * @param claims names of the type's claims, at least one
     */
    WriteOutcome publishType(TypeRecord type, Set<String> claims, LedgerSigner by);

    /** Publishes the head of an issuer's log. Counts only when {@code by} is the issuer itself. */
    WriteOutcome putLogHead(LogHead head, LedgerSigner by);

    /** Publishes the head of a status list. Counts only when {@code by} is the issuer itself. */
    WriteOutcome putStatusHead(StatusHead head, LedgerSigner by);

    /**
     * Takes a nullifier. The first wins; every later one is {@link WriteOutcome.Refused}, by the ledger itself. The same
     * {@code claim} may be registered again after an {@link WriteOutcome.Unknown}, and is then {@link WriteOutcome.Done}.
     *
     * @param claim the caller's own reference of this one use, unguessable or meaningless; only its hash, bound to the
     *     nullifier, reaches the ledger
     */
    WriteOutcome registerNullifier(Nullifier nullifier, String claim, LedgerSigner by);

    /**
     * Takes a nullifier with a line of a book of uses instead of a mere claim, as {@code credentials.use} seals it. The first wins,
     * whatever the line says; the same line may be written again, and is then {@link WriteOutcome.Done}.
     *
     * @param line 32 bytes that tell nothing to anyone who has not the licence's secret; the ledger shows them as a key
     */
    WriteOutcome writeUse(Nullifier nullifier, byte[] line, LedgerSigner by);
}
