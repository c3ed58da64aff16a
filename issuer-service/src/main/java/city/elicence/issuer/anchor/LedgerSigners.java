package city.elicence.issuer.anchor;

import city.elicence.ledger.LedgerSigner;
import java.util.Optional;

/** Finds the key by which a tenant writes to the ledger: a file, a hardware module. */
@FunctionalInterface
public interface LedgerSigners {
    /** The key of the tenant with this DID; empty when this process may not sign for it. */
    Optional<LedgerSigner> signerFor(String did);
}
