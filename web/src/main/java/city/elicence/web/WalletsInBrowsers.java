package city.elicence.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/**
 * Lets the script of a wallet that is a web page read what any other program may read (the Fetch standard's CORS). Only for
 * addresses at which no cookie counts.
 */
public final class WalletsInBrowsers {
    private WalletsInBrowsers() {}

    /** Admits scripts of every origin to these addresses; called before their routes are added. */
    public static void admit(Router router, List<String> addresses) {
        CorsHandler cors = CorsHandler.create()
                .addOrigin("*")
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST))
                .allowedHeaders(Set.of(
                        "Accept",
                        "Authorization",
                        "Content-Type",
                        "DPoP",
                        "OAuth-Client-Attestation",
                        "OAuth-Client-Attestation-PoP"))
                .exposedHeaders(Set.of("DPoP-Nonce", "OAuth-Client-Attestation-Challenge", "WWW-Authenticate"));
        addresses.forEach(address -> router.route(address).handler(cors));
    }
}
