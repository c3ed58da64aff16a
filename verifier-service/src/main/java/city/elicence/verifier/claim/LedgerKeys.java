package city.elicence.verifier.claim;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerSigner;
import java.util.Optional;

/** Finds the key by which a relying party writes to the ledger; empty when this process may not write for it. */
@FunctionalInterface
public interface LedgerKeys {
    Optional<LedgerSigner> of(Did party);
}
