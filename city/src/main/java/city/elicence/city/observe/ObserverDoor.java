package city.elicence.city.observe;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.WriteOutcome;
import city.elicence.web.DoorSettings;
import city.elicence.web.HttpDoor;
import city.elicence.web.HttpRefusal;
import city.elicence.web.Pages;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The regulator's dashboard. To look needs no account: nothing personal is there. To freeze needs the key that is printed at start. */
public final class ObserverDoor implements AutoCloseable {
    private static final JsonObject TYPES = names();

    private final Vertx vertx;
    private final Observer observer;
    private final @Nullable Freezing freezing;
    private final Clock clock;
    private final String key;
    private final HttpDoor door;

    private ObserverDoor(
            Vertx vertx, DoorSettings settings, Observer observer, @Nullable Freezing freezing, Clock clock) {
        this.vertx = vertx;
        this.observer = observer;
        this.freezing = freezing;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.door = HttpDoor.open(vertx, settings, this::routes);
    }

    /**
     * Opens the door.
     *
     * @param freezing where the authority's key is at hand; else the dashboard only shows
     */
    public static ObserverDoor open(
            Vertx vertx, DoorSettings settings, Observer observer, @Nullable Freezing freezing, Clock clock) {
        return new ObserverDoor(vertx, settings, observer, freezing, clock);
    }

    public URI base() {
        return door.base();
    }

    /** What freezing needs. */
    public String key() {
        return key;
    }

    /** The page, with the key where the browser keeps it to itself. */
    public URI link() {
        return URI.create(base() + (freezing == null ? "/" : "/#key=" + key));
    }

    private void routes(Router router) {
        router.get("/api/oversight")
                .handler(ctx -> ctx.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(observer.json()
                                .put("may_freeze", freezing != null)
                                .put("types", TYPES)
                                .toBuffer()));
        router.post("/api/freeze").handler(ctx -> act(ctx, true));
        router.post("/api/lift").handler(ctx -> act(ctx, false));
        Pages.mount(router, "observe", "observe.html");
    }

    /** What this city calls its types; the ledger has their ids alone. */
    private static JsonObject names() {
        JsonObject names = new JsonObject();
        for (CredentialType type : Catalogue.builtIn().types()) {
            names.put(
                    type.id(),
                    new JsonObject()
                            .put("zh", type.label().zh())
                            .put("en", type.label().en()));
        }
        return names;
    }

    private void act(RoutingContext ctx, boolean freeze) {
        Freezing acting = freezing;
        if (acting == null) {
            throw new HttpRefusal(403, "access_denied", "the authority's key is not here");
        }
        String given = ctx.request().getHeader("Authorization");
        if (given == null || !same(given, "Bearer " + key)) {
            throw new HttpRefusal(401, "invalid_token", "expected the key that was printed at start");
        }
        Did party;
        Instant since = null;
        try {
            JsonObject body = ctx.body().asJsonObject();
            party = new Did(body.getString("did", ""));
            String from = body.getString("since");
            if (freeze) {
                since = from == null ? clock.instant() : Instant.parse(from);
            }
        } catch (DecodeException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new HttpRefusal(400, "invalid_request", "expected did, and since as a time where it is given");
        }
        Instant from = since;
        WriteOutcome outcome = vertx.executeBlocking(
                        () -> {
                            try {
                                return acting.freeze(party, from);
                            } catch (LedgerException e) {
                                return e.reason() == LedgerException.Reason.REFUSED
                                        ? new WriteOutcome.Refused("not an accredited party")
                                        : new WriteOutcome.Unknown("the ledger does not answer");
                            }
                        },
                        false)
                .await();
        switch (outcome) {
            case WriteOutcome.Done done ->
                ctx.json(new JsonObject()
                        .put("did", party.value())
                        .put("seq_no", done.seqNo())
                        .put("frozen", freeze));
            case WriteOutcome.Refused refused -> throw new HttpRefusal(409, "refused", refused.reason());
            case WriteOutcome.Unknown unknown -> throw new HttpRefusal(503, "not_yet", unknown.reason());
        }
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        door.close();
    }
}
