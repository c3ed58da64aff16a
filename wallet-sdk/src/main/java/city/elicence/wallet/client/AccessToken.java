package city.elicence.wallet.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave.
 *
 * @param dpop true where the token is bound to the wallet's client key
 */
public record AccessToken(
        String value,
        boolean dpop,
        @Nullable Instant expiresAt,
        @Nullable String refreshToken) {

    /** Never the token itself. */
    @Override
    public String toString() {
        return "AccessToken[" + (dpop ? "DPoP" : "Bearer") + "]";
    }
}
