package city.elicence.issuer.client;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.proof.Spent;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Audience, age and single use of what a client signs to prove who it is. */
final class ProofClaims {
    private static final Duration OLDEST = Duration.ofMinutes(5);
    /** FAPI 2.0 Security Profile §5.3.2.1: up to 10 seconds ahead must be taken, more than 60 must not. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    private static final int MAX_JTI = 512;

    private final Store store;
    private final Addresses addresses;

    ProofClaims(Store store, Addresses addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    void check(String kind, String who, Fields claims, Tenant tenant, Instant now) throws JsonException {
        // RFC 8414 §2: the server's issuer identifier names it.
        String issuer = addresses.issuer(tenant.id());
        boolean forUs = claims.map().get("aud") instanceof List<?> several
                ? several.size() == 1 && issuer.equals(several.getFirst())
                : issuer.equals(claims.string("aud"));
        if (!forUs) {
            throw ClientAuthentication.no("aud: expected this server's issuer identifier");
        }
        requireNotFromFuture(claims, now);
        if (claims.optInstant("exp").filter(exp -> !now.isBefore(exp)).isPresent()) {
            // RFC 7519 §4.1.4, whether the text that defines the proof names exp or not.
            throw ClientAuthentication.no("exp: expected a time in the future");
        }
        if (claims.optInstant("iat")
                .filter(iat -> iat.isBefore(now.minus(OLDEST)))
                .isPresent()) {
            throw ClientAuthentication.no("iat: expected a time within the last " + OLDEST.toMinutes() + " minutes");
        }
        String jti = claims.string("jti");
        // Without iat an assertion lives until its exp, so its jti is remembered as long.
        Instant until = claims.optInstant("exp").orElse(now).plus(OLDEST.multipliedBy(2));
        if (jti.length() > MAX_JTI
                || !Spent.firstUse(store.direct(), kind, tenant.id() + "\n" + who + "\n" + jti, until)) {
            throw ClientAuthentication.no("jti: expected a value that was not used before");
        }
    }

    /** {@code iat} and {@code nbf}, where they are there. */
    void requireNotFromFuture(Fields claims, Instant now) throws JsonException {
        for (String name : List.of("iat", "nbf")) {
            Optional<Instant> time = claims.optInstant(name);
            if (time.isPresent() && time.get().isAfter(now.plus(AHEAD))) {
                throw ClientAuthentication.no(name + ": expected a time that is not in the future");
            }
        }
    }
}
