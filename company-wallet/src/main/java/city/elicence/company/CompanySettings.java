package city.elicence.company;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.trust.Did;
import city.elicence.web.DoorSettings;
import java.util.Objects;

/**
 * How the service is run.
 *
 * @param staffKey verifies the tokens of those who sign in
 * @param dataKey 32 random bytes under which everything personal is sealed; never stored beside the database
 * @param log the DID under which the ledger has the heads of this service's log
 */
public record CompanySettings(DoorSettings door, EcPublicKey staffKey, DataKey dataKey, Did log) {
    public CompanySettings {
        Objects.requireNonNull(door);
    }

    /** A key of 32 bytes that shows itself to nobody who prints it. */
    public static final class DataKey {
        private final byte[] octets;

        public DataKey(byte[] octets) {
            this.octets = octets.clone();
        }

        byte[] octets() {
            return octets.clone();
        }
    }
}
