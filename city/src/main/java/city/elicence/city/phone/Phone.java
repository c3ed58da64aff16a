package city.elicence.city.phone;

import city.elicence.city.demo.Holder;
import city.elicence.city.run.City;
import city.elicence.company.http.WalletJson;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrContent;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.web.HttpDoor;
import city.elicence.web.HttpRefusal;
import city.elicence.web.Pages;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The demo phone's server: wallet-sdk behind a page, for the two holders of the demonstration. */
public final class Phone implements AutoCloseable {
    private static final int MAX_OPEN = 100;
    private static final int MAX_PICTURE_BYTES = 16 * 1024 * 1024;
    private static final int QR_SCALE = 6;

    private final HttpDoor door;
    private final PhoneKey key;
    private final Map<String, Wallet> wallets = new LinkedHashMap<>();
    private final Map<String, OfferPreview> offers = new ConcurrentHashMap<>();
    private final Map<String, Consent> requests = new ConcurrentHashMap<>();

    private Phone(City city) throws IOException {
        for (String holder : List.of("citizen", "company")) {
            wallets.put(holder, Holder.open(city, holder).wallet());
        }
        this.key = PhoneKey.at(city.folder().keys().resolve("phone.key"));
        this.door = HttpDoor.open(
                city.vertx(),
                city.door("demo phone", city.ports().phone()).withBodyLimit(MAX_PICTURE_BYTES),
                this::routes);
    }

    /** Opens the phone's door. */
    public static Phone start(City city) throws IOException {
        return new Phone(city);
    }

    public URI base() {
        return door.base();
    }

    /** The address that unlocks the phone. */
    public URI link() {
        return URI.create(door.base() + "/#key=" + key.text());
    }

    /** The key that unlocks it. */
    public String keyText() {
        return key.text();
    }

    /** Lets a request of another page pass that carries the phone's key. */
    public void requireKey(RoutingContext ctx) {
        key.require(ctx);
    }

    /** The wallet of {@code citizen} or {@code company}. */
    public Wallet wallet(String holder) {
        Wallet wallet = wallets.get(holder);
        if (wallet == null) {
            throw new HttpRefusal(404, "not_found", "the holders are " + wallets.keySet());
        }
        return wallet;
    }

    @Override
    public void close() {
        door.close();
    }

    private void routes(Router router) {
        router.route("/api/*").handler(key::require);
        router.get("/api/:holder/cards").handler(this::cards);
        router.get("/api/:holder/history").handler(this::history);
        router.post("/api/:holder/read").handler(this::read);
        router.post("/api/:holder/scan").handler(this::scan);
        router.post("/api/:holder/accept").handler(this::accept);
        router.post("/api/:holder/present").handler(this::present);
        router.post("/api/:holder/deny").handler(this::deny);
        router.post("/api/:holder/tell").handler(this::tell);
        router.post("/api/:holder/code").handler(this::code);
        router.delete("/api/:holder/cards/:card").handler(this::delete);
        Pages.mount(router, "phone", "phone.html");
    }

    private void cards(RoutingContext ctx) {
        Wallet wallet = holder(ctx);
        wallet.fetchReceipts();
        wallet.refreshStatus();
        List<Object> cards = new ArrayList<>();
        wallet.cards().forEach(card -> cards.add(WalletJson.card(card)));
        answer(ctx, Map.of("cards", cards));
    }

    private void history(RoutingContext ctx) {
        List<Object> entries = new ArrayList<>();
        holder(ctx).history().forEach(entry -> entries.add(WalletJson.history(entry)));
        answer(ctx, Map.of("history", entries));
    }

    /** What was scanned or tapped: an offer or a request, told apart by its scheme and content. */
    private void read(RoutingContext ctx) {
        String text = field(ctx, "text");
        String id = UUID.randomUUID().toString();
        if (text.contains("credential_offer")) {
            OfferPreview offer = done(holder(ctx).readOffer(text));
            keep(offers, id, offer);
            answer(ctx, Map.of("id", id, "kind", "offer", "offer", WalletJson.offer(offer)));
        } else {
            Wallet wallet = holder(ctx);
            Consent consent = done(wallet.readRequest(text), () -> wallet.hasToTell(text));
            keep(requests, id, consent);
            answer(ctx, Map.of("id", id, "kind", "request", "request", WalletJson.consent(consent)));
        }
    }

    /** Grey values of a picture, row by row: what a phone's camera gives. */
    private void scan(RoutingContext ctx) {
        try {
            int width = Integer.parseInt(String.valueOf(ctx.request().getParam("width")));
            int height = Integer.parseInt(String.valueOf(ctx.request().getParam("height")));
            byte[] luma = ctx.body().buffer().getBytes();
            String text = Qr.decode(width, height, luma).stream()
                    .findFirst()
                    .map(QrContent::text)
                    .orElseThrow(() -> new HttpRefusal(422, "no_code", "no QR code was found in the picture"));
            answer(ctx, Map.of("text", text));
        } catch (IllegalArgumentException e) {
            throw new HttpRefusal(400, "invalid_request", "expected width, height and as many grey values");
        }
    }

    private void accept(RoutingContext ctx) {
        OfferPreview offer = taken(offers, field(ctx, "id"));
        String txCode = body(ctx).getString("tx_code");
        Receiving receiving = done(holder(ctx).accept(offer, txCode == null || txCode.isEmpty() ? null : txCode));
        List<Object> cards = new ArrayList<>();
        String state;
        switch (receiving) {
            case Receiving.Received received -> {
                state = "received";
                for (Card card : received.cards()) {
                    cards.add(WalletJson.card(withLogo(holder(ctx), card)));
                }
            }
            case Receiving.SignInNeeded signIn -> {
                answer(ctx, Map.of("state", "sign_in", "page", signIn.page().toString()));
                return;
            }
            case Receiving.Later later -> state = "later";
            case Receiving.Interrupted interrupted -> state = "interrupted";
        }
        answer(ctx, Map.of("state", state, "cards", cards));
    }

    /** Of a type that the catalogue has no drawing for; without an answer it looks plain. */
    private static Card withLogo(Wallet wallet, Card card) {
        return WalletJson.hasEmblem(card) || !(wallet.fetchLogo(card.id()) instanceof Outcome.Done<Card>(Card drawn))
                ? card
                : drawn;
    }

    private void present(RoutingContext ctx) {
        Consent consent = taken(requests, field(ctx, "id"));
        Choice choice = new Choice(Map.of(), false);
        JsonObject picks = body(ctx).getJsonObject("picks", new JsonObject());
        for (String question : picks.fieldNames()) {
            JsonArray cards = picks.getJsonArray(question);
            for (int i = 0; i < cards.size(); i++) {
                choice = choice.adding(question, cards.getString(i));
            }
        }
        URI follow = done(holder(ctx).present(consent, choice)).follow();
        answer(ctx, follow == null ? Map.of() : Map.of("follow", follow.toString()));
    }

    private void deny(RoutingContext ctx) {
        done(holder(ctx).deny(taken(requests, field(ctx, "id"))));
        answer(ctx, Map.of());
    }

    /** What is wrong with a request that was refused, to who sent it: the holder has agreed to that. */
    private void tell(RoutingContext ctx) {
        done(holder(ctx).tellRefused(field(ctx, "text")));
        answer(ctx, Map.of());
    }

    private void code(RoutingContext ctx) {
        Set<ClaimPath> claims = new LinkedHashSet<>();
        JsonArray paths = body(ctx).getJsonArray("claims", new JsonArray());
        for (int i = 0; i < paths.size(); i++) {
            claims.add(ClaimPath.parse(paths.getString(i)));
        }
        OfflineShowing showing = done(holder(ctx).offlineCode(field(ctx, "card"), claims));
        List<Object> frames = new ArrayList<>();
        try {
            for (var frame : showing.frames()) {
                byte[] png = Qr.encode(frame.octets(), QrLevel.LOW, 15).png(QR_SCALE);
                frames.add("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
            }
        } catch (QrException e) {
            throw new HttpRefusal(422, "too_large", "this card fits no code that a camera can read");
        }
        answer(ctx, Map.of("frames", frames, "until", showing.until().toString()));
    }

    private void delete(RoutingContext ctx) {
        done(holder(ctx).delete(ctx.pathParam("card")));
        answer(ctx, Map.of());
    }

    private Wallet holder(RoutingContext ctx) {
        return wallet(ctx.pathParam("holder"));
    }

    private static <T> T done(Outcome<T> outcome) {
        return done(outcome, () -> false);
    }

    /** The value; a refusal says whether the holder can tell who asked. */
    private static <T> T done(Outcome<T> outcome, BooleanSupplier toTell) {
        if (outcome instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        Refusal refusal = ((Outcome.Refused<T>) outcome).refusal();
        Map<String, Object> more = Map.of("refusal", WalletJson.refusal(refusal), "to_tell", toTell.getAsBoolean());
        throw new HttpRefusal(422, refusal.code(), refusal.sentence().en(), Map.of(), more);
    }

    private static <T> void keep(Map<String, T> open, String id, T value) {
        if (open.size() >= MAX_OPEN) {
            open.clear();
        }
        open.put(id, value);
    }

    private static <T> T taken(Map<String, T> open, String id) {
        T value = open.remove(id);
        if (value == null) {
            throw new HttpRefusal(410, "gone", "this was answered before, or is too old: scan again");
        }
        return value;
    }

    private static String field(RoutingContext ctx, String name) {
        String value = body(ctx).getString(name);
        if (value == null) {
            throw new HttpRefusal(400, "invalid_request", "expected " + name);
        }
        return value;
    }

    private static JsonObject body(RoutingContext ctx) {
        try {
            JsonObject body = ctx.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException e) {
            throw new HttpRefusal(400, "invalid_request", "expected a JSON object");
        }
    }

    private static void answer(RoutingContext ctx, Map<String, ?> json) {
        ctx.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(WalletJson.text(new LinkedHashMap<String, Object>(json)));
    }
}
