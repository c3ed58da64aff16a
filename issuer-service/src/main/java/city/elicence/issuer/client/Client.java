package city.elicence.issuer.client;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sends a request to the authorization server. */
public sealed interface Client {
    /** Nobody in particular: allowed with a pre-authorised code (OpenID4VCI 1.0 §6.1). */
    record Anonymous() implements Client {}

    /** Says who it is, without proof (a public client, RFC 6749 §2.1). */
    record Public(String id) implements Client {}

    /**
     * Has proved who it is.
     *
     * @param instance thumbprint of the attested instance's key, or null where the method knows no instances
     */
    record Authenticated(String id, Method method, @Nullable String instance) implements Client {}

    /** How a client proves who it is, in the words of RFC 8414's metadata. */
    enum Method {
        ATTEST_JWT_CLIENT_AUTH,
        PRIVATE_KEY_JWT,
        SELF_SIGNED_TLS_CLIENT_AUTH;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    default Optional<String> name() {
        return switch (this) {
            case Anonymous() -> Optional.empty();
            case Public(String id) -> Optional.of(id);
            case Authenticated(String id, Method ignored, String instance) -> Optional.of(id);
        };
    }

    /**
     * What a refresh token is bound to besides the DPoP key: the method of client authentication, and with a wallet attestation
     * the instance's key (attestation-based client authentication §10.3; RFC 6749 §6).
     */
    default Optional<String> proof() {
        return switch (this) {
            case Anonymous() -> Optional.empty();
            case Public(String id) -> Optional.empty();
            case Authenticated(String id, Method method, String instance) ->
                Optional.of(instance == null ? method.text() : method.text() + ":" + instance);
        };
    }
}
