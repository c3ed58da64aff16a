package city.elicence.issuer.citizen;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * A city's identity platform, as an OpenID Connect provider with which the issuer is registered as a client. It signs ID tokens
 * by ES256.
 *
 * @param issuer its issuer identifier
 * @param clientId the issuer service's name there
 * @param secret what it authenticates with at the token endpoint
 * @param numberClaim the claim of the ID token by whose value registers know the citizen
 */
public record IdentityProvider(URI issuer, String clientId, Secret secret, String numberClaim) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public IdentityProvider {
        if (!isProtected(issuer) || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
            throw new IllegalArgumentException("issuer: expected an https address without query and fragment");
        }
        if (clientId.isBlank() || numberClaim.isBlank()) {
            throw new IllegalArgumentException("expected a client identifier and the name of a claim");
        }
    }

    /** HTTPS, or a provider on this very machine. */
    static boolean isProtected(URI address) {
        String host = address.getHost();
        return host != null
                && ("https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme())
                                && LOOPBACK.contains(host.toLowerCase(Locale.ROOT))));
    }

    /** A client secret that does not print itself. */
    public record Secret(String text) {
        public Secret {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("expected a client secret");
            }
        }

        @Override
        public String toString() {
            return "Secret";
        }
    }
}
