package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.city.story.knows.WhoKnows;
import city.elicence.credentials.catalogue.Label;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.CardState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The customs single window: one declaration, filed once, with the customs of Beijing, Tianjin and Hebei. */
public final class SingleWindow implements Story {
    private static final String TYPE = "customs-declaration";
    private static final String BEIJING = "customs";
    private static final String TIANJIN = "customs-tianjin";
    private static final String HEBEI = "customs-hebei";
    private static final List<String> ALL = List.of(BEIJING, TIANJIN, HEBEI);
    /** Exporters whose wallets fetch side by side. */
    private static final int EXPORTERS = 4;
    /** Rows of a table; all of a table are one exporter's. */
    private static final int ROWS = 500;
    /** Declarations of one exporter in one offer. */
    private static final int TOGETHER = 20;
    /** Tables that wait for a wallet before the next one is filed. */
    private static final int WAITING = 2 * EXPORTERS;

    /** How many declarations are run through whole where nobody says. */
    public static final int USUAL = 80;

    private final int declarations;

    public SingleWindow() {
        this(USUAL);
    }

    /** With so many declarations from the generator. */
    public SingleWindow(int declarations) {
        if (declarations < 1 || declarations > 100_000) {
            throw new IllegalArgumentException("expected 1 to 100000 declarations");
        }
        this.declarations = declarations;
    }

    @Override
    public String name() {
        return "single-window";
    }

    @Override
    public Label title() {
        return new Label("国际贸易单一窗口", "Customs single window: one declaration for three jurisdictions");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        Firm exporter = city.firm("exporter", "测试云智造出口有限公司");
        String number = "0110" + city.today().getYear() + "0" + city.madeUp().digits(9);
        String contract = "HT-" + city.madeUp().digits(8);
        Map<String, Object> filed = declaration(city, exporter, number, contract, 1, "filed");

        narrator.step("One declaration is filed once, and all three customs read it");
        city.issue(BEIJING, TYPE, filed, exporter.wallet());
        for (String customs : ALL) {
            city.accepted(customs, asked(city), exporter.wallet());
        }
        narrator.result("filed at Beijing, shown at Beijing, Tianjin and Hebei", "accepted by all three");

        narrator.step("Each state is a version that supersedes the one before, whichever customs says it");
        state(city, narrator, exporter, TIANJIN, with(filed, 2, "accepted"));
        state(city, narrator, exporter, HEBEI, with(filed, 3, "inspected"));
        state(city, narrator, exporter, BEIJING, with(filed, 4, "released"));

        narrator.step("A correction supersedes too; a wrong sum is refused, and so is who is no customs");
        Map<String, Object> wrong = with(filed, 5, "released");
        wrong.put("total_value", 1L);
        refused(city, narrator, BEIJING, wrong, 422, "a correction whose lines do not make its total");
        refused(city, narrator, "bank", with(filed, 5, "released"), 400, "a declaration by a bank");
        Map<String, Object> corrected = with(filed, 5, "released");
        corrected.put("destination_country", "JP");
        state(city, narrator, exporter, TIANJIN, corrected);

        many(city, narrator);

        narrator.step("Who could learn what");
        String[] customs = {"verifier customs", "verifier customs-hebei", "verifier customs-tianjin"};
        WhoKnows who = city.whoKnows();
        who.fact("declaration number", number, knowing(customs));
        who.fact("contract number", contract, knowing());
        who.fact("the exporter's code", exporter.code(), knowing());
        city.lookWhoKnows(narrator);
    }

    private static String[] knowing(String... more) {
        List<String> all = new ArrayList<>(
                List.of("holder exporter", "issuer customs", "issuer customs-hebei", "issuer customs-tianjin"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static JsonObject asked(StoryCity city) {
        return city.about("通关核验", TYPE, "declaration_number", "declaration_state", "version_number", "is_released");
    }

    private static Map<String, Object> declaration(
            StoryCity city, Firm exporter, String number, String contract, int version, String state) {
        return city.claims(
                TYPE,
                "declaration_number",
                number,
                "version_number",
                version,
                "declaration_state",
                state,
                "declared_on",
                city.today().minusDays(1).toString(),
                "state_at",
                city.today().minusDays(1) + "T15:05:00+08:00",
                "exporter_name",
                exporter.name(),
                "exporter_unified_code",
                exporter.code(),
                "awb",
                city.madeUp().airWaybill(),
                "contract_number",
                contract);
    }

    private static Map<String, Object> with(Map<String, Object> filed, int version, String state) {
        Map<String, Object> claims = new LinkedHashMap<>(filed);
        claims.put("version_number", version);
        claims.put("declaration_state", state);
        return claims;
    }

    /** A customs says the next state: what the exporter held until now is dead before the new version is fetched. */
    private static void state(
            StoryCity city, Narrator narrator, Firm exporter, String customs, Map<String, Object> next)
            throws Exception {
        JsonObject offer = city.ordered(customs, order(next));
        city.refused(BEIJING, asked(city), exporter.wallet(), "revoked");
        city.collect(customs, TYPE, offer.getString("id"), exporter.wallet());
        exporter.wallet().wallet().refreshStatus();
        long alive = exporter.wallet().cards().stream()
                .filter(card -> card.state() != CardState.REVOKED)
                .count();
        city.require(alive == 1, "one version is alive, not " + alive);
        for (String other : ALL) {
            JsonObject seen = city.accepted(other, asked(city), exporter.wallet());
            city.require(
                    seen.encode().contains("\"" + next.get("declaration_state") + "\""),
                    "the new state is what is shown");
        }
        narrator.result(
                next.get("declaration_state") + " (version " + next.get("version_number") + ") by " + customs,
                "all three see it; the version before is refused: revoked");
    }

    private static JsonObject order(Map<String, Object> claims) {
        return new JsonObject()
                .put(
                        "licences",
                        new JsonArray().add(new JsonObject().put("type", TYPE).put("claims", new JsonObject(claims))));
    }

    private static void refused(
            StoryCity city, Narrator narrator, String tenant, Map<String, Object> claims, int status, String what)
            throws Exception {
        Desk.Answer answer = city.clerk().post("/api/" + tenant + "/offers", order(claims));
        city.require(answer.status() == status, what + " was answered with " + answer.status());
        narrator.result(what, "refused: " + answer.json().getString("error"));
    }

    /** Declarations from a generator, each filed, superseded by its release, and fetched by its exporter's wallet meanwhile. */
    private void many(StoryCity city, Narrator narrator) throws Exception {
        narrator.step(declarations + " declarations from a generator, run through whole: filed, released, fetched");
        List<Firm> exporters = new ArrayList<>();
        for (int i = 0; i < EXPORTERS; i++) {
            exporters.add(city.firm("exporter-" + i, "测试出口有限公司" + i));
        }
        long begun = System.nanoTime();
        double filed;
        Semaphore room = new Semaphore(WAITING);
        List<Future<?>> fetching = new ArrayList<>();
        try (ExecutorService wallets = Executors.newFixedThreadPool(EXPORTERS)) {
            for (int from = 0; from < declarations; from += ROWS) {
                Firm exporter = exporters.get(from / ROWS % EXPORTERS);
                List<String> numbers = new ArrayList<>();
                for (int i = from; i < Math.min(from + ROWS, declarations); i++) {
                    numbers.add("0201" + city.today().getYear() + "0"
                            + city.madeUp().digits(9));
                }
                room.acquire();
                table(city, BEIJING, exporter, numbers, 1, "filed");
                Set<String> links = table(city, TIANJIN, exporter, numbers, 2, "released");
                fetching.add(wallets.submit(() -> {
                    try {
                        fetch(city, exporter, links);
                        return links.size();
                    } finally {
                        room.release();
                    }
                }));
            }
            filed = aSecond(begun);
            for (Future<?> each : fetching) {
                each.get();
            }
        }
        double whole = aSecond(begun);
        int held = 0;
        for (Firm exporter : exporters) {
            held += exporter.wallet().cards().size();
        }
        city.require(held == declarations, "every declaration is in a wallet, not " + held);
        narrator.result("filed and released by tables", rate(filed));
        narrator.result("run through whole, fetched by " + EXPORTERS + " wallets meanwhile", rate(whole));
    }

    private double aSecond(long begun) {
        return declarations / (Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0);
    }

    private static String rate(double aSecond) {
        return String.format(Locale.ROOT, "%.0f declarations a second", aSecond);
    }

    private static void fetch(StoryCity city, Firm exporter, Set<String> links) {
        for (String link : links) {
            OfferPreview preview = exporter.wallet().wallet().readOffer(link).orThrow();
            Receiving received =
                    exporter.wallet().wallet().accept(preview, null).orThrow();
            city.require(received instanceof Receiving.Received, "declarations did not arrive");
        }
    }

    /** Orders a table of declarations, all or none, and gives the links of its offers. */
    private static Set<String> table(
            StoryCity city, String customs, Firm exporter, List<String> numbers, int version, String state)
            throws Exception {
        StringBuilder csv = new StringBuilder(
                "declaration_number,version_number,declaration_state,direction,declared_on,state_at,exporter_name,"
                        + "exporter_unified_code,agent_name,awb,destination_country,trade_terms,lines,total_value,issuing_authority\r\n");
        LocalDate day = city.today().minusDays(1);
        String lines = new JsonArray()
                .add(new JsonObject()
                        .put("hs_code", "8431390000")
                        .put("name", "测试备件")
                        .put("quantity", "12")
                        .put("unit", "件")
                        .put("value", 360000))
                .encode()
                .replace("\"", "\"\"");
        for (String number : numbers) {
            csv.append(String.join(
                            ",",
                            number,
                            String.valueOf(version),
                            state,
                            "export",
                            day.toString(),
                            day + "T15:05:00+08:00",
                            exporter.name(),
                            exporter.code(),
                            "测试货运代理",
                            city.madeUp().airWaybill(),
                            "HK",
                            "FOB",
                            "\"" + lines + "\"",
                            "360000",
                            "测试海关"))
                    .append("\r\n");
        }
        city.whoKnows().heard("issuer " + customs, csv.toString());
        String begun = city.clerk()
                .post("/api/" + customs + "/bulk?together=" + TOGETHER + "&type=" + TYPE, "text/csv", csv.toString())
                .orThrow()
                .getString("id");
        JsonObject[] ended = {new JsonObject()};
        city.until("a table of declarations", () -> {
            ended[0] = city.clerk().get("/api/" + customs + "/bulk/" + begun).orThrow();
            return !ended[0].getString("state").equals("checking");
        });
        city.require(ended[0].getString("state").equals("offered"), "a table was refused: " + ended[0].encode());
        Set<String> links = new LinkedHashSet<>();
        JsonArray offers = ended[0].getJsonArray("offers");
        for (int i = 0; i < offers.size(); i++) {
            links.add(offers.getJsonObject(i).getString("link"));
        }
        return links;
    }
}
