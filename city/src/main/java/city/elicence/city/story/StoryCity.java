package city.elicence.city.story;

import city.elicence.city.demo.Camera;
import city.elicence.city.demo.Counter;
import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Narrator;
import city.elicence.city.demo.Showing;
import city.elicence.city.run.City;
import city.elicence.city.story.knows.StoryFailed;
import city.elicence.city.story.knows.WhoKnows;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A running city as a story sees it: people and companies made up for this play, with wallets of their own; clerks and
 * verifiers at their desks. It keeps what every party was told, for {@link WhoKnows}.
 */
public final class StoryCity implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STATUS_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STATUS_PAUSE = Duration.ofMillis(500);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final City city;
    private final String play;
    private final MadeUp madeUp = new MadeUp(RANDOM);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Camera camera;
    private final Desk clerk;
    private final Desk verifier;
    private final Counter counter;
    private final Showing showing;
    private final WhoKnows whoKnows;
    private final List<String> checks = new ArrayList<>();

    /** A city for one play of a story. */
    public StoryCity(City city, Story story, Narrator narrator) {
        this.city = city;
        byte[] number = new byte[4];
        RANDOM.nextBytes(number);
        this.play = story.name() + "-" + HexFormat.of().formatHex(number);
        this.camera = new Camera(city.folder().pictures());
        this.clerk = clerk("demo");
        this.verifier = new Desk(http, city.verifierBase(), () -> city.token(StaffRole.VERIFIER));
        this.counter = new Counter(clerk, clerk("second"), camera);
        this.showing = new Showing(verifier, camera, narrator);
        this.whoKnows = new WhoKnows(city);
    }

    public City city() {
        return city;
    }

    public MadeUp madeUp() {
        return madeUp;
    }

    public WhoKnows whoKnows() {
        return whoKnows;
    }

    public Camera camera() {
        return camera;
    }

    /** A new, empty wallet. */
    public Holder wallet(String who) throws IOException {
        return known(who, Holder.open(city, folder(who)));
    }

    private String folder(String who) {
        return "stories/" + play + "/" + who;
    }

    private Holder known(String who, Holder holder) {
        whoKnows.holder(who, holder);
        return holder;
    }

    /** A citizen with a phone. */
    public Person person(String wallet, String name, LocalDate born, boolean male) throws IOException {
        return new Person(name, madeUp.citizenNumber(born, male), born, male, wallet(wallet));
    }

    /** A company with a wallet. */
    public Firm firm(String wallet, String name) throws IOException {
        return new Firm(name, madeUp.companyCode(), known(wallet, Holder.ofCompany(city, folder(wallet))));
    }

    /** A clerk of that name at the issuer service. */
    public Desk clerk(String name) {
        return new Desk(http, city.issuerBase(), () -> city.token(StaffRole.CLERK, name));
    }

    /** The clerk at the counter of every authority. */
    public Desk clerk() {
        return clerk;
    }

    /** A member of staff of every relying party, at the verifier service. */
    public Desk verifier() {
        return verifier;
    }

    /** A desk at any other service. */
    public Desk desk(java.net.URI base, java.util.function.Supplier<String> token) {
        return new Desk(http, base, token);
    }

    /** Claims for a licence: those of the type's sample, and what is otherwise in pairs of a path such as {@code holder.name} and a value. */
    public Map<String, Object> claims(String type, Object... pairs) {
        JsonObject claims =
                new JsonObject(Catalogue.builtIn().type(type).orElseThrow().sample()).copy();
        for (int i = 0; i < pairs.length; i += 2) {
            String[] steps = String.valueOf(pairs[i]).split("\\.", -1);
            JsonObject at = claims;
            for (int s = 0; s < steps.length - 1; s++) {
                at = at.getJsonObject(steps[s]);
            }
            at.put(steps[steps.length - 1], pairs[i + 1]);
        }
        return claims.getMap();
    }

    /** Issues one licence at the counter: offer, QR picture, pixels, wallet. */
    public Card issue(String tenant, String type, Map<String, Object> claims, Holder holder)
            throws IOException, InterruptedException {
        whoKnows.heard("issuer " + tenant, new JsonObject(claims).encode());
        return counter.issue(tenant, type, claims, holder);
    }

    /** The offer for an order, approved by the second clerk where the type needs two persons. */
    public JsonObject ordered(String tenant, JsonObject order) throws IOException, InterruptedException {
        whoKnows.heard("issuer " + tenant, order.encode());
        return counter.ordered(tenant, order);
    }

    /** What a proposal came to when the second clerk approved it. */
    public JsonObject approved(String tenant, JsonObject proposal) throws IOException, InterruptedException {
        return counter.approved(tenant, proposal);
    }

    /** The phone scans an offer that was made, and its holder takes what is offered. */
    public Card collect(String tenant, String name, String offer, Holder holder)
            throws IOException, InterruptedException {
        return counter.collect(tenant, name, offer, holder);
    }

    /** Opens an application for a licence whose type requires evidence; the answer of the API. */
    public JsonObject apply(String tenant, String type, Map<String, Object> claims)
            throws IOException, InterruptedException {
        whoKnows.heard("issuer " + tenant, new JsonObject(claims).encode());
        return clerk.post(
                        "/api/" + tenant + "/applications",
                        new JsonObject().put("type", type).put("claims", new JsonObject(claims)))
                .orThrow();
    }

    /**
     * The clerk asks for evidence, a phone shows it, and the clerk looks: the application as it then stands.
     *
     * @param credentials ids of the credential queries to ask for; none for all that are wanted
     */
    public JsonObject showEvidence(String tenant, JsonObject application, Holder holder, String... credentials)
            throws Exception {
        String at = "/api/" + tenant + "/applications/" + application.getString("application");
        JsonObject asked = clerk.post(
                        at + "/requests",
                        new JsonObject().put("credentials", new JsonArray(List.of((Object[]) credentials))))
                .orThrow();
        JsonObject showing = last(asked);
        Consent consent = holder.wallet().readRequest(showing.getString("link")).orThrow();
        String refusal = holder.wallet().present(consent, consent.suggested()).fold(done -> "", Refusal::code);
        JsonObject[] now = {asked};
        until("a verdict on the evidence (" + refusal + ")", () -> {
            now[0] = clerk.get(at).orThrow();
            return !last(now[0]).getString("outcome").equals("waiting");
        });
        return now[0];
    }

    /** The last showing of an application. */
    public JsonObject last(JsonObject application) {
        JsonArray showings = application.getJsonArray("showings");
        return showings.getJsonObject(showings.size() - 1);
    }

    /** What was applied for is offered, and the phone takes it. */
    public Card collectApplied(String tenant, JsonObject application, Holder holder)
            throws IOException, InterruptedException {
        JsonObject offer = clerk.post(
                        "/api/" + tenant + "/applications/" + application.getString("application") + "/offer",
                        new JsonObject())
                .orThrow()
                .getJsonArray("offers")
                .getJsonObject(0);
        return collect(tenant, application.getString("type"), offer.getString("id"), holder);
    }

    /** The newest licence of a type at an authority, found as a clerk does by a whole word. */
    public String licence(String tenant, String type, String word) throws IOException, InterruptedException {
        JsonArray found = clerk.get("/api/" + tenant + "/licences?type=" + type + "&q="
                        + java.net.URLEncoder.encode(word, java.nio.charset.StandardCharsets.UTF_8))
                .orThrow()
                .getJsonArray("licences");
        require(!found.isEmpty(), "no licence was found");
        return found.getJsonObject(0).getString("id");
    }

    /** What state the issuer says a licence is in. */
    public String state(String tenant, String licence) throws IOException, InterruptedException {
        return clerk.get("/api/" + tenant + "/licences/" + licence).orThrow().getString("state");
    }

    /** A relying party asks by a named check. */
    public Showing.Outcome ask(String tenant, String check, Holder holder) throws IOException, InterruptedException {
        return ask(tenant, new JsonObject().put("check", check), holder);
    }

    /** A relying party asks by the body of {@code POST /api/checks}, and the holder agrees to what the wallet suggests. */
    public Showing.Outcome ask(String tenant, JsonObject check, Holder holder)
            throws IOException, InterruptedException {
        Showing.Outcome outcome = showing.online(play, check.copy().put("tenant", tenant), holder, false);
        checks.add(outcome.json().getString("id"));
        whoKnows.heard("verifier " + tenant, outcome.json().encode());
        return outcome;
    }

    /** Asks, and takes no other answer than yes; what was suspended until now is heard of within seconds. */
    public JsonObject accepted(String tenant, JsonObject check, Holder holder)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + STATUS_PATIENCE.toNanos();
        Showing.Outcome outcome = ask(tenant, check, holder);
        while (outcome.code().equals("suspended") && System.nanoTime() < end) {
            Thread.sleep(STATUS_PAUSE);
            outcome = ask(tenant, check, holder);
        }
        require(outcome.accepted(), tenant + " refused what is good: " + outcome.code());
        return outcome.json();
    }

    /** Asks, and takes no other answer than no, for that reason; what was revoked just now is heard of within seconds. */
    public void refused(String tenant, JsonObject check, Holder holder, String code)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + STATUS_PATIENCE.toNanos();
        Showing.Outcome outcome = ask(tenant, check, holder);
        while (outcome.accepted() && System.nanoTime() < end) {
            Thread.sleep(STATUS_PAUSE);
            outcome = ask(tenant, check, holder);
        }
        require(!outcome.accepted(), tenant + " accepted what must be refused: " + code);
        require(outcome.code().equals(code), tenant + " refused as " + outcome.code() + ", expected " + code);
    }

    /** The frames of the phone's rotating code that shows these claims, as a camera read them. */
    public List<byte[]> offlineFrames(Holder holder, Card card, Set<String> claims) throws IOException {
        return showing.offlineFrames(play, holder, card, claims);
    }

    /** A check for claims of one licence. */
    public JsonObject about(String purpose, String type, String... claims) {
        return new JsonObject()
                .put("purpose", purpose)
                .put("dcql", new JsonObject().put("credentials", new JsonArray().add(query("licence", type, claims))));
    }

    /** One credential query (OpenID4VP 1.0 §6.1); paths in dots. */
    public JsonObject query(String id, String type, String... claims) {
        JsonArray asked = new JsonArray();
        for (String claim : claims) {
            asked.add(new JsonObject().put("path", new JsonArray(List.of((Object[]) claim.split("\\.", -1)))));
        }
        return new JsonObject()
                .put("id", id)
                .put("format", "dc+sd-jwt")
                .put(
                        "meta",
                        new JsonObject().put("vct_values", new JsonArray().add(city.issuerBase() + "/types/" + type)))
                .put("claims", asked);
    }

    /** Waits until it is so. */
    public void until(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.call()) {
            require(System.nanoTime() < end, what + " did not come about within " + PATIENCE.toSeconds() + " s");
            Thread.sleep(100);
        }
    }

    /** Ends the story when it is not so. */
    public void require(boolean so, String otherwise) {
        if (!so) {
            throw new StoryFailed(otherwise);
        }
    }

    public LocalDate today() {
        return LocalDate.ofInstant(city.clock().instant(), ZoneOffset.ofHours(8));
    }

    /**
     * The end of every story: relying parties delete the checks they no longer need, and then what each party and each
     * store could learn is compared with what it was meant to.
     */
    public void lookWhoKnows(Narrator narrator) throws Exception {
        for (String check : checks) {
            Desk.Answer answer = verifier.delete("/api/checks/" + check);
            require(answer.status() == 204 || answer.status() == 404, "a check could not be deleted");
        }
        checks.clear();
        whoKnows.look(narrator);
    }

    @Override
    public void close() {
        whoKnows.close();
        http.close();
    }
}
