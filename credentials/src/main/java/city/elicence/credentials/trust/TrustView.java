package city.elicence.credentials.trust;

import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a verifier knows at this moment: from the ledger it follows, or from a snapshot it carries. Answers at once, from memory. */
public interface TrustView {
    Optional<Accreditation> accreditation(Did did);

    /** The party whose certificate authority this is, by SHA-256 of the certificate in lower-case hexadecimal. */
    Optional<Accreditation> byAnchor(String certificateSha256);

    Optional<TypeRecord> type(String vct);

    /** The newest verified state of a status list. */
    Optional<StatusKnowledge> status(URI list);

    /** The head that an issuer anchored for exactly this size, in all its history. */
    Optional<LogHead> logHead(Did issuer, long size);

    /** The head that an issuer anchored last for a status list. */
    Optional<StatusHead> statusHead(Did issuer, URI list);

    /** Roots that stand above the parties' own authorities; empty is fine where the ledger names every authority. */
    List<TrustAnchor> rootAnchors();

    /** Whether something that may be used once was used: the ledger's answer as far as it is known here. */
    default UseState useState(Nullifier nullifier) {
        return UseState.UNKNOWN;
    }

    /**
     * An exception to all of the above, for trials only: a test certificate that an administrator pinned as a signer, by the SHA-256
     * of the leaf in lower-case hexadecimal. What it may sign is in the accreditation, which is on no ledger.
     */
    default Optional<Accreditation> dangerouslyPinnedTestSigner(String leafSha256) {
        return Optional.empty();
    }

    /** How recent all this is. */
    Instant asOf();

    /** Whether a thing that may be used once was used. */
    public enum UseState {
        FREE,
        USED,
        UNKNOWN
    }
}
