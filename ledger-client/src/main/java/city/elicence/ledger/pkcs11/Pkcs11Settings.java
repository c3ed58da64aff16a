package city.elicence.ledger.pkcs11;

import city.elicence.credentials.trust.Did;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a key is.
 *
 * @param module the maker's library, such as {@code /usr/lib/softhsm/libsofthsm2.so}
 * @param token label of the token that holds the key
 * @param pinFile file with the user's PIN, which only its owner can read
 * @param key label of the key pair
 * @param namespace of the DID
 * @param did the DID that the key signs for; null for the self-certifying one: the first 16 bytes of the SHA-256 of the key
 */
public record Pkcs11Settings(
        Path module,
        String token,
        Path pinFile,
        String key,
        String namespace,
        @Nullable Did did) {}
