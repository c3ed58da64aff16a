package city.elicence.wallet.discover;

import java.net.URI;

/** Where metadata is found: the well-known string goes between the host and the path. */
final class WellKnown {
    private WellKnown() {}

    /** OpenID4VCI section 12.2.2: the path stays as it is, a trailing slash included. */
    static URI credentialIssuer(String identifier) {
        return inserted(identifier, "/.well-known/openid-credential-issuer", false);
    }

    /** RFC 8414 section 3.1: a trailing slash of the path is removed. */
    static URI authorizationServer(String identifier) {
        return inserted(identifier, "/.well-known/oauth-authorization-server", true);
    }

    /** OpenID Connect Discovery 1.0 section 4: appended, for servers that know only that. */
    static URI openIdProvider(String identifier) {
        String base = identifier.endsWith("/") ? identifier.substring(0, identifier.length() - 1) : identifier;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    private static URI inserted(String identifier, String wellKnown, boolean trim) {
        int host = identifier.indexOf("://") + 3;
        int slash = identifier.indexOf('/', host);
        String origin = slash < 0 ? identifier : identifier.substring(0, slash);
        String path = slash < 0 ? "" : identifier.substring(slash);
        if (trim && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return URI.create(origin + wellKnown + path);
    }
}
