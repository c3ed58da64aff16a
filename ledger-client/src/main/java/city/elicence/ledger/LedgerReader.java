package city.elicence.ledger;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The reading half of a {@link Ledger}, which needs no key: what a verifier, a wallet or an auditor uses. */
public interface LedgerReader extends AutoCloseable {

    /** The DID whose word counts on accreditations and types. It is configured, not read from the ledger. */
    Did authority();

    /** The key and role of a DID, or nothing when the ledger does not know it. */
    Optional<PublishedDid> resolve(Did did) throws LedgerException;

    /** The keys that a DID's owner has published as its own, or nothing when the ledger does not know the DID. */
    Optional<DidDocument> document(Did did) throws LedgerException;

    /** What a party may issue or ask for now, and until when it might before. */
    Optional<Accreditation> accreditation(Did party) throws LedgerException;

    /** The current version of a credential type. */
    Optional<TypeRecord> type(String id) throws LedgerException;

    /** The newest head of an issuer's log. */
    Optional<LogHead> logHead(Did issuer) throws LedgerException;

    /**
     * The text of an attribute as transaction {@code seqNo} left it: history, for followers and auditors. A ledger that can
     * not look back gives the newest, so compare its digest with the transaction's.
     */
    Optional<String> attribute(Did did, String name, long seqNo) throws LedgerException;

    /** The newest head of one status list. */
    Optional<StatusHead> statusHead(Did issuer, URI list) throws LedgerException;

    /** Addresses of the status lists that an issuer ever published a head for. */
    List<URI> statusLists(Did issuer) throws LedgerException;

    /** Who took a nullifier and when, or nothing when it is free. */
    Optional<NullifierRecord> nullifier(Nullifier nullifier) throws LedgerException;

    /** Transaction {@code seqNo} (the first is 1) with its audit path, or nothing past the end. */
    Optional<LedgerTransaction> transaction(long seqNo) throws LedgerException;

    /** Number of transactions. */
    long size() throws LedgerException;

    @Override
    void close();
}
