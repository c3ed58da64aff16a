package city.elicence.issuer.token;

import java.util.Optional;

/** Who sends a request to the authorization server. */
public sealed interface Client {
    /** Nobody in particular: allowed with a pre-authorised code (OpenID4VCI 1.0 §6.1). */
    record Anonymous() implements Client {}

    /** Says who it is, without proof (a public client, RFC 6749 §2.1). */
    record Public(String id) implements Client {}

    /** Has proved who it is. */
    record Authenticated(String id, Method method) implements Client {}

    /** How a client proves who it is, in the words of RFC 8414's metadata. */
    enum Method {
        ATTEST_JWT_CLIENT_AUTH,
        PRIVATE_KEY_JWT
    }

    default Optional<String> name() {
        return switch (this) {
            case Anonymous() -> Optional.empty();
            case Public(String id) -> Optional.of(id);
            case Authenticated(String id, Method ignored) -> Optional.of(id);
        };
    }
}
