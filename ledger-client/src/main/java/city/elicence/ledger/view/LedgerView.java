package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the ledger said, up to one of its transactions. Does not change; answers at once, from memory. */
public interface LedgerView {

    /** What a party may issue or ask for. */
    Optional<Accreditation> accreditation(Did party);

    /** The party whose certificate authority this is, by SHA-256 of the certificate in lower-case hexadecimal. */
    Optional<Accreditation> byAnchor(String certificateSha256);

    /** Every party that is or was accredited. */
    Collection<Accreditation> accreditations();

    /** All that the authority ever said of a party, oldest first. */
    List<Accreditation> history(Did party);

    /** A credential type by its {@code vct}. */
    Optional<TypeRecord> type(String vct);

    /** Every credential type, each format of a type by itself. */
    Collection<TypeRecord> types();

    /** The head that an issuer anchored for exactly this size, in all its history; {@code at} is the ledger's time. */
    Optional<LogHead> logHead(Did issuer, long size);

    /** The head that an issuer anchored last. */
    Optional<LogHead> newestLogHead(Did issuer);

    /** The head that an issuer anchored last for a status list; {@code at} is the ledger's time. */
    Optional<StatusHead> statusHead(Did issuer, URI list);

    /** Addresses of an issuer's status lists. */
    List<URI> statusLists(Did issuer);

    /** Whether the nullifier was taken. */
    boolean isTaken(Nullifier nullifier);

    /** Number of the last transaction that this view knows. */
    long seqNo();

    /** When the ledger was last seen to have nothing newer. */
    Instant asOf();

    /** This view for a verifier, together with what is not on the ledger: status lists and root certificates. */
    default TrustView trust(Function<URI, Optional<StatusKnowledge>> statusLists, List<TrustAnchor> roots) {
        return new LedgerTrust(this, statusLists, List.copyOf(roots));
    }
}
