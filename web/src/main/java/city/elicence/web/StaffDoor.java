package city.elicence.web;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import city.elicence.credentials.staff.StaffTokenException;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets staff in: people by a one-time link that becomes a session cookie, scripts by a bearer token (RFC 6750). There is no
 * password, and so no default one. Tokens are {@link StaffToken}s signed by the city's staff key.
 */
public final class StaffDoor {
    private static final Duration SESSION = Duration.ofHours(8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String cookieName;
    private final EcPublicKey staffKey;
    private final Pool pool;
    private final Clock clock;
    private final boolean https;

    /**
     * Made of its parts.
     *
     * @param service name of the service: cookies of two services on one host are kept apart by it
     * @param staffKey verifies staff tokens
     * @param pool the service's database, with the tables of {@code db/web}
     * @param https whether cookies are for HTTPS alone
     */
    public StaffDoor(String service, EcPublicKey staffKey, Pool pool, Clock clock, boolean https) {
        this.cookieName = "elicence_" + service;
        this.staffKey = staffKey;
        this.pool = pool;
        this.clock = clock;
        this.https = https;
    }

    /** Adds {@code POST /api/sign-in}, {@code POST /api/sign-out} and {@code GET /api/me}. */
    public void mount(Router router) {
        router.post("/api/sign-in").handler(this::signIn);
        router.post("/api/sign-out").handler(this::signOut);
        router.get("/api/me").handler(ctx -> {
            Staff staff = require(ctx);
            ctx.json(new JsonObject()
                    .put("subject", staff.subject())
                    .put("role", staff.role().name())
                    .put("office", staff.office()));
        });
    }

    /**
     * Who is asking; waits for the database, so call it from a route. Where the route's path names a {@code :tenant}, staff
     * of another office are refused here, so that no route can forget it.
     *
     * @param roles those let in; none means all
     * @throws HttpRefusal 401 without a valid token or session, 403 with another role, at another office or from another
     *     site's page
     */
    public Staff require(RoutingContext ctx, StaffRole... roles) {
        Staff staff = find(ctx);
        if (roles.length > 0 && !Arrays.asList(roles).contains(staff.role())) {
            throw new HttpRefusal(403, "insufficient_scope", "this needs the role of " + List.of(roles));
        }
        String tenant = ctx.pathParam("tenant");
        if (tenant != null && !staff.worksFor(tenant)) {
            throw new HttpRefusal(403, "insufficient_scope", "this sign-in is for the office " + staff.office());
        }
        return staff;
    }

    /** Who is asking, if they may act for every office of the city. */
    public Staff requireOfWholeCity(RoutingContext ctx, StaffRole... roles) {
        Staff staff = require(ctx, roles);
        if (staff.office() != null) {
            throw new HttpRefusal(403, "insufficient_scope", "this is not for the staff of one office");
        }
        return staff;
    }

    private Staff find(RoutingContext ctx) {
        String authorization = ctx.request().getHeader("Authorization");
        if (authorization != null) {
            if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
                throw unauthorised("invalid_request", "expected a bearer token");
            }
            StaffToken token = verified(authorization.substring(7).trim(), StaffToken.Use.ACCESS);
            return new Staff(token.subject(), token.role(), token.office());
        }
        Cookie cookie = ctx.request().getCookie(cookieName);
        if (cookie == null) {
            throw unauthorised("invalid_token", "sign in with a link or a token first");
        }
        refuseOtherSites(ctx);
        RowSet<Row> rows = Future.await(pool.preparedQuery(
                        "select subject, role, office from staff_session where cookie_sha256 = $1 and expires > $2")
                .execute(Tuple.of(hash(cookie.getValue()), now())));
        for (Row row : rows) {
            return new Staff(row.getString(0), StaffRole.valueOf(row.getString(1)), row.getString(2));
        }
        throw unauthorised("invalid_token", "the session has ended: ask for a new link");
    }

    /** A page of another origin can make a browser send our cookie, but not our own Origin header (Fetch §3.2). */
    private static void refuseOtherSites(RoutingContext ctx) {
        HttpMethod method = ctx.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return;
        }
        String origin = ctx.request().getHeader("Origin");
        HostAndPort host = ctx.request().authority();
        if (origin == null || host == null || !origin.endsWith("//" + host)) {
            throw new HttpRefusal(403, "invalid_request", "this request came from a page of another site");
        }
    }

    private void signIn(RoutingContext ctx) {
        StaffToken link = verified(linkIn(ctx), StaffToken.Use.LINK);
        Future.await(pool.preparedQuery("delete from staff_session where expires < $1")
                .execute(Tuple.of(now())));
        Future.await(
                pool.preparedQuery("delete from used_link where until < $1").execute(Tuple.of(now())));
        String session = ServiceDatabase.transaction(pool, within -> begin(within, link));
        ctx.response().addCookie(cookie(session, SESSION));
        ctx.json(new JsonObject()
                .put("subject", link.subject())
                .put("role", link.role().name()));
    }

    /** Uses the link up and begins the session, both or neither: a link is not lost to a fault of ours. */
    private String begin(SqlConnection within, StaffToken link) {
        RowSet<Row> used = Future.await(within.preparedQuery(
                        "insert into used_link (jti, until) values ($1, $2) on conflict do nothing returning jti")
                .execute(Tuple.of(link.id(), link.expires().atOffset(ZoneOffset.UTC))));
        if (used.size() == 0) {
            throw unauthorised("invalid_grant", "this link was used before: ask for a new one");
        }
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Future.await(within.preparedQuery("insert into staff_session (cookie_sha256, subject, role, office, expires)"
                        + " values ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        hash(value),
                        link.subject(),
                        link.role().name(),
                        link.office(),
                        clock.instant().plus(SESSION).atOffset(ZoneOffset.UTC))));
        return value;
    }

    private void signOut(RoutingContext ctx) {
        Cookie cookie = ctx.request().getCookie(cookieName);
        if (cookie != null) {
            refuseOtherSites(ctx);
            Future.await(pool.preparedQuery("delete from staff_session where cookie_sha256 = $1")
                    .execute(Tuple.of(hash(cookie.getValue()))));
            ctx.response().addCookie(cookie("", Duration.ZERO));
        }
        ctx.response().setStatusCode(204).end();
    }

    private StaffToken verified(String jwt, StaffToken.Use use) {
        try {
            return StaffToken.verify(jwt, staffKey, use, clock.instant());
        } catch (StaffTokenException e) {
            throw unauthorised("invalid_token", "the token is not valid here: " + e.getMessage());
        }
    }

    private static String linkIn(RoutingContext ctx) {
        try {
            @Nullable JsonObject body = ctx.body().asJsonObject();
            String link = body == null ? null : body.getString("link");
            if (link != null) {
                return link;
            }
        } catch (DecodeException | ClassCastException e) {
            // Told below, in the same words as a missing one.
        }
        throw new HttpRefusal(400, "invalid_request", "expected {\"link\": …}");
    }

    private Cookie cookie(String value, Duration age) {
        return Cookie.cookie(cookieName, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(https)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(age.toSeconds());
    }

    private java.time.OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Buffer hash(String value) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static HttpRefusal unauthorised(String error, String description) {
        return new HttpRefusal(
                401, error, description, Map.of("WWW-Authenticate", "Bearer error=\"" + error + "\""), Map.of());
    }
}
