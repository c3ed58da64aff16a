package city.elicence.verifier.tenant;

import city.elicence.credentials.jose.SigningKey;
import java.util.Optional;

/** Where the relying parties' private keys are: files, or a hardware module. The database never holds one. */
@FunctionalInterface
public interface SigningKeys {
    /** The key of a tenant's leaf certificate. */
    Optional<SigningKey> of(String tenant);
}
