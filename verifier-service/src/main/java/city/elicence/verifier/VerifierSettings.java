package city.elicence.verifier;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.web.DoorSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * How a verifier service runs.
 *
 * @param door where it listens; its port is fixed, because the addresses in requests name it
 * @param staffKey verifies staff tokens
 * @param typesBase where credential types are served, without a trailing slash: {@code {typesBase}/types/{id}} is a vct
 * @param statusFreshFor how long a fetched status list is relied on before it is asked for again
 * @param prefetchEvery how often known lists, and those beside them, are fetched without anyone waiting
 * @param plainHttpAllowed whether status lists are fetched over plain HTTP: for a city on one machine's loopback address
 * @param suites by which issuers and holders may have signed; requests declare them, and are themselves signed by ES256
 */
public record VerifierSettings(
        DoorSettings door,
        EcPublicKey staffKey,
        String typesBase,
        Duration statusFreshFor,
        Duration prefetchEvery,
        boolean plainHttpAllowed,
        Suites suites) {

    public VerifierSettings {
        Objects.requireNonNull(door);
        Objects.requireNonNull(staffKey);
        if (door.port() == 0 && door.publicBase() == null) {
            throw new IllegalArgumentException("a verifier's port is fixed: its requests name it");
        }
        if (typesBase.endsWith("/")) {
            throw new IllegalArgumentException("the base of types ends without a slash");
        }
        if (statusFreshFor.isNegative() || prefetchEvery.toMillis() < 100) {
            throw new IllegalArgumentException("freshness is not negative, and prefetching not incessant");
        }
    }

    /** The usual: a status list is asked for again after a second, and fetched ahead every twenty. */
    public static VerifierSettings usual(
            DoorSettings door, EcPublicKey staffKey, String typesBase, boolean plainHttpAllowed) {
        return new VerifierSettings(
                door,
                staffKey,
                typesBase,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                plainHttpAllowed,
                Suites.ES256_ALONE);
    }

    /** The same settings with these suites. */
    public VerifierSettings with(Suites taken) {
        return new VerifierSettings(door, staffKey, typesBase, statusFreshFor, prefetchEvery, plainHttpAllowed, taken);
    }
}
