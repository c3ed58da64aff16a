package city.elicence.ledger.audit;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.trust.Did;
import java.util.List;
import java.util.Optional;

/** Where an auditor gets an issuer's consistency proofs (RFC 9162 §2.1.4): from the issuer, who is not believed. */
public interface LogProofs {

    /** The proof that the log of {@code second} entries is the one of {@code first} with more; empty when there is none to get. */
    Optional<List<MerkleHash>> consistency(Did issuer, long first, long second);

    /** Of no issuer. */
    static LogProofs none() {
        return (issuer, first, second) -> Optional.empty();
    }
}
