package city.elicence.verifier.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;

/** The secret by which a browser is known again when the wallet sends it back (OpenID4VP 1.0 §14.2). */
final class CheckSession {
    static final String NAME = "elicence_check";

    private CheckSession() {}

    /** Lax, because the wallet opens the return address from outside; one path, because it serves one check. */
    static Cookie cookie(String secret, String path, boolean tls, long seconds) {
        return Cookie.cookie(NAME, secret)
                .setHttpOnly(true)
                .setSecure(tls)
                .setSameSite(CookieSameSite.LAX)
                .setPath(path)
                .setMaxAge(seconds);
    }
}
