package city.elicence.verifier.request;

import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.tenant.Tenant;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the wallet is to learn who asks: the Client Identifier Prefixes of OpenID4VP 1.0 §5.9.3 that we speak. */
public enum ClientIdPrefix {
    /** What HAIP 1.0 §5 asks for, and the default. */
    X509_HASH,
    X509_SAN_DNS,
    /** Cannot be signed, and so proves nothing: for wallets under test. */
    REDIRECT_URI,
    DECENTRALIZED_IDENTIFIER;

    /** As the standard writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether requests with this prefix are signed request objects. */
    public boolean signed() {
        return this != REDIRECT_URI;
    }

    /** The prefix that the standard writes so. */
    public static Optional<ClientIdPrefix> of(String text) {
        return Arrays.stream(values())
                .filter(prefix -> prefix.text().equals(text))
                .findFirst();
    }

    /** The prefix of a whole client identifier: what stands before the first colon. */
    public static ClientIdPrefix ofClientId(String clientId) {
        int colon = clientId.indexOf(':');
        return of(clientId.substring(0, Math.max(colon, 0)))
                .orElseThrow(() -> new IllegalStateException("a stored client identifier has no prefix we speak"));
    }

    /** The whole client identifier of a tenant under this prefix. */
    String clientId(Tenant tenant, URI responseUri) {
        return text() + ":"
                + switch (this) {
                    case X509_HASH -> tenant.chain().sha256OfLeaf();
                    case X509_SAN_DNS -> dnsName(tenant, responseUri);
                    case REDIRECT_URI -> responseUri.toString();
                    case DECENTRALIZED_IDENTIFIER -> tenant.did().toString();
                };
    }

    /** §5.9.3: the name stands in the leaf certificate, and is the host that the response goes to. */
    private static String dnsName(Tenant tenant, URI responseUri) {
        return tenant.chain().leafDnsNames().stream()
                .filter(name -> name.equalsIgnoreCase(responseUri.getHost()))
                .findFirst()
                .orElseThrow(() -> new CheckRefused(new Problem.Malformed(
                        "x509_san_dns needs a certificate that names the host of the response address")));
    }
}
