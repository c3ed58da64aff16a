package city.elicence.issuer.token;

import org.jspecify.annotations.Nullable;

/** A token request, by its grant type. */
public sealed interface TokenRequest {
    /**
     * OpenID4VCI 1.0 §6.1.
     *
     * @param txCode as the citizen typed it, or null
     * @param details the {@code authorization_details} parameter, or null
     */
    record PreAuthorized(
            String code, @Nullable String txCode, @Nullable String details) implements TokenRequest {}

    /** RFC 6749 §4.1.3 with RFC 7636 §4.5. */
    record AuthorizationCode(
            String code,
            @Nullable String redirectUri,
            @Nullable String codeVerifier,
            @Nullable String details) implements TokenRequest {}

    /**
     * RFC 6749 §6.
     *
     * @param scope what is asked for now, at most what was granted; or null for all of it
     */
    record Refresh(String refreshToken, @Nullable String scope) implements TokenRequest {}
}
