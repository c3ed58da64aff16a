package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.credentials.catalogue.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** SME finance: contract, delivery, invoice, the buyer's confirmation, and money against it, once. */
public final class SmeFinance implements Story {
    private static final String CONFIRMATION = "invoice-confirmation";
    private static final long AMOUNT = 120_000_000L;

    private static final String REGISTRY = "market-regulator";

    @Override
    public String name() {
        return "sme-finance";
    }

    @Override
    public Label title() {
        return new Label("供应链金融", "SME finance: a confirmed invoice is financed once");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        Uses uses = new Uses(city);
        Firm maker = city.firm("maker", "测试智造" + city.madeUp().digits(5));
        narrator.step("Contract, delivery and invoice come to the supplier's wallet, each from who issues it");
        Sale first = sale(city, maker);
        narrator.line("procurement contract and delivery note by the buyer, VAT invoice by the tax bureau");

        narrator.step("What the company lists itself is unconfirmed, until the buyer confirms");
        Sale second = sale(city, maker);
        confirm(city, maker, first, "2030-06-30");
        JsonObject asked = asked(city);
        JsonObject shown = city.accepted("financier", asked, maker.wallet());
        JsonArray declared = picture(city, List.of(shown.getString("id")), first.invoice(), second.invoice())
                .getJsonArray("declared");
        city.require(
                declared.getJsonObject(0).getString("state").equals("confirmed")
                        && declared.getJsonObject(1).getString("state").equals("unconfirmed"),
                "declared invoices: " + declared);
        narrator.result("two invoices listed, one confirmed", "one confirmed, one unconfirmed and not counted");

        atTheSameInstant(city, uses, maker, asked, narrator);
        partAndRest(city, uses, second, narrator);
        Firm owner = aggregate(city, narrator);
        dissolve(city, narrator, owner, maker);

        narrator.step("Who could learn what");
        city.whoKnows()
                .fact("the contract's number", first.contract(), "holder maker", "issuer buyer", "issuer tax-bureau");
        city.whoKnows()
                .fact(
                        "the supplier's name",
                        maker.name(),
                        "holder maker",
                        "issuer buyer",
                        "issuer market-regulator",
                        "issuer tax-bureau",
                        "verifier bank",
                        "verifier financier",
                        "verifier financier-b");
        city.lookWhoKnows(narrator);
    }

    /** The numbers of one sale. */
    private record Sale(String contract, String invoice) {}

    private static Sale sale(StoryCity city, Firm maker) throws Exception {
        Sale sale =
                new Sale("HT-" + city.madeUp().digits(8), "25" + city.madeUp().digits(18));
        String name = maker.name();
        city.issue(
                "buyer",
                "procurement-contract",
                city.claims(
                        "procurement-contract",
                        "contract_number",
                        sale.contract(),
                        "supplier_name",
                        name,
                        "supplier_unified_code",
                        maker.code()),
                maker.wallet());
        city.issue(
                "buyer",
                "delivery-note",
                city.claims(
                        "delivery-note",
                        "contract_number",
                        sale.contract(),
                        "supplier_name",
                        name,
                        "supplier_unified_code",
                        maker.code()),
                maker.wallet());
        city.issue(
                "tax-bureau",
                "vat-invoice",
                city.claims(
                        "vat-invoice",
                        "contract_number",
                        sale.contract(),
                        "invoice_number",
                        sale.invoice(),
                        "supplier_name",
                        name,
                        "supplier_unified_code",
                        maker.code()),
                maker.wallet());
        return sale;
    }

    private static void confirm(StoryCity city, Firm maker, Sale sale, String due) throws Exception {
        confirm(city, maker, sale, due, AMOUNT);
    }

    private static void confirm(StoryCity city, Firm maker, Sale sale, String due, long amount) throws Exception {
        Map<String, Object> claims = city.claims(
                CONFIRMATION,
                "confirmation_number",
                "QR-" + city.madeUp().digits(8),
                "invoice_number",
                sale.invoice(),
                "contract_number",
                sale.contract(),
                "supplier_name",
                maker.name(),
                "supplier_unified_code",
                maker.code(),
                "amount",
                amount,
                "due_on",
                due);
        city.issue("buyer", CONFIRMATION, claims, maker.wallet());
    }

    private static JsonObject asked(StoryCity city) {
        return city.about(
                "应收账款融资审查",
                CONFIRMATION,
                "confirmation_number",
                "invoice_number",
                "buyer_name",
                "supplier_name",
                "amount",
                "due_on",
                "claim_secret");
    }

    private static JsonObject picture(StoryCity city, List<String> checks, String... declared) throws Exception {
        return city.verifier()
                .post(
                        "/api/pictures",
                        new JsonObject()
                                .put("tenant", "financier")
                                .put("checks", new JsonArray(checks))
                                .put("type", CONFIRMATION)
                                .put("key", "invoice_number")
                                .put("counterparty", "buyer_name")
                                .put("amount", "amount")
                                .put("due", "due_on")
                                .put("declared", new JsonArray(List.of((Object[]) declared))))
                .orThrow();
    }

    private static void atTheSameInstant(StoryCity city, Uses uses, Firm maker, JsonObject asked, Narrator narrator)
            throws Exception {
        narrator.step("Two financiers want the same receivable at the same instant: one advances");
        String one = city.accepted("financier", asked, maker.wallet()).getString("id");
        String two = city.accepted("financier-b", asked, maker.wallet()).getString("id");
        List<Desk.Answer> answers;
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Desk.Answer>> calls =
                    List.of(() -> uses.use(one, new JsonObject()), () -> uses.use(two, new JsonObject()));
            answers = both.invokeAll(calls).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }
        List<Integer> statuses =
                answers.stream().map(Desk.Answer::status).sorted().toList();
        city.require(statuses.equals(List.of(201, 409)), "two financiers: " + statuses);
        narrator.result("two advances at once", "one registered, the other refused: used-already");
        Desk.Answer winner = answers.stream()
                .filter(each -> each.status() == 201)
                .findFirst()
                .orElseThrow();
        String loser = answers.get(0).status() == 201 ? two : one;
        city.require(uses.then(winner, "release", new JsonObject()).status() == 201, "repayment did not release");
        Desk.Answer again = uses.use(loser, new JsonObject());
        city.require(again.status() == 201, "after repayment it can be financed again: " + again.json());
        narrator.result("repaid", "released, and the other may advance now");
    }

    private static void partAndRest(StoryCity city, Uses uses, Sale sale, Narrator narrator) throws Exception {
        narrator.step("A part is reserved and advanced, and the rest by another; no fen more");
        Firm other = city.firm("other", "测试配件" + city.madeUp().digits(5));
        confirm(city, other, sale, "2030-06-30");
        JsonObject shown = city.accepted("financier", asked(city), other.wallet());
        Desk.Answer held = uses.use(
                shown.getString("id"),
                new JsonObject()
                        .put("act", "reserve")
                        .put("amount", 100_000_000L)
                        .put("hold_for", 3600));
        city.require(held.status() == 201, "a reservation: " + held.json());
        Desk.Answer advance = uses.then(held, "confirm", new JsonObject().put("amount", 96_000_000L));
        city.require(
                advance.status() == 201 && advance.json().getLong("remaining") == 24_000_000L,
                "an advance: " + advance.json());
        JsonObject second = city.accepted("financier-b", asked(city), other.wallet());
        uses.refused(
                second,
                new JsonObject().put("amount", 24_000_001L),
                "remainder-too-small",
                narrator,
                "a fen more than the rest");
        city.require(
                uses.use(second.getString("id"), new JsonObject().put("amount", 24_000_000L))
                                .status()
                        == 201,
                "the rest");
        narrator.result("80 % and the rest", "registered");
    }

    /** Several receivables, each shown and verified, become one provable picture and a credential of its own. */
    private static Firm aggregate(StoryCity city, Narrator narrator) throws Exception {
        narrator.step("The picture: many confirmations shown, figures told, each provable, nobody's paper handed on");
        List<String> checks = new java.util.ArrayList<>();
        Firm owner = city.firm("owner", "测试总成" + city.madeUp().digits(5));
        for (int i = 0; i < 3; i++) {
            Firm part = new Firm(owner.name(), owner.code(), city.wallet("owner-" + i));
            String due = i == 0 ? "2025-06-30" : "2030-06-30";
            confirm(
                    city,
                    part,
                    new Sale(
                            "HT-" + city.madeUp().digits(8),
                            "25" + city.madeUp().digits(18)),
                    due,
                    50_000_000L * (i + 1));
            JsonObject asked = asked(city);
            checks.add(city.accepted("financier", asked, part.wallet()).getString("id"));
            if (i == 0) {
                checks.add(city.accepted("financier", asked, part.wallet()).getString("id"));
            }
        }
        JsonObject picture = picture(city, checks);
        city.require(
                picture.getLong("count") == 3
                        && picture.getLong("total") == 300_000_000L
                        && picture.getLong("overdue_total") == 50_000_000L
                        && picture.getLong("duplicates") == 1,
                "the picture: " + picture);
        LocalDate today = city.today();
        Map<String, Object> claims = city.claims(
                "financial-picture",
                "unified_code",
                owner.code(),
                "company_name",
                owner.name(),
                "period_from",
                today.minusYears(2).toString(),
                "period_until",
                today.toString(),
                "confirmed_count",
                picture.getLong("count"),
                "confirmed_total",
                picture.getLong("total"),
                "paid_count",
                0L,
                "paid_total",
                0L,
                "overdue_count",
                picture.getLong("overdue_count"),
                "overdue_total",
                picture.getLong("overdue_total"),
                "outstanding_count",
                picture.getLong("outstanding_count"),
                "outstanding_total",
                picture.getLong("outstanding_total"),
                "log_root",
                picture.getString("root"));
        city.issue("financier", "financial-picture", claims, owner.wallet());
        JsonObject seen = city.accepted(
                "financier-b",
                city.about("融资审查", "financial-picture", "confirmed_count", "confirmed_total", "overdue_total"),
                owner.wallet());
        city.require(seen.encode().contains("300000000"), "the picture is shown on: " + seen);
        narrator.result(
                "3 receivables, one shown twice",
                "counted 3, overdue " + picture.getLong("overdue_percent") + " %, issued and shown on");
        return owner;
    }

    /** What depends on a company is suspended by the rules of its own type, at whichever authority issued it. */
    private static void dissolve(StoryCity city, Narrator narrator, Firm company, Firm other) throws Exception {
        narrator.step("The company is dissolved: what depends on it is suspended, at every authority, in one act");
        JsonObject licence = city.about("开户核验", "business-licence", "company_name");
        JsonObject picture = city.about("融资审查", "financial-picture", "confirmed_count");
        for (Firm each : List.of(company, other)) {
            city.issue(REGISTRY, "business-licence", licenceOf(city, each), each.wallet());
            city.accepted("bank", licence, each.wallet());
        }
        Person liquidator = city.person("liquidator", "测试周清算", LocalDate.of(1975, 2, 3), true);
        JsonObject notice = order(
                "company-deregistration",
                city.claims(
                        "company-deregistration",
                        "notice_number",
                        "ZX" + city.madeUp().digits(6) + "-2026-"
                                + city.madeUp().digits(4),
                        "unified_code",
                        company.code(),
                        "company_name",
                        company.name(),
                        "liquidator",
                        liquidator.name(),
                        "liquidator_id_number",
                        liquidator.number()));
        JsonObject proposal =
                city.clerk().post("/api/" + REGISTRY + "/offers", notice).orThrow();
        city.accepted("bank", licence, company.wallet());
        JsonObject offer =
                city.approved(REGISTRY, proposal).getJsonArray("offers").getJsonObject(0);
        city.collect(REGISTRY, "company-deregistration", offer.getString("id"), liquidator.phone());
        city.refused("bank", licence, company.wallet(), "suspended");
        city.refused("financier-b", picture, company.wallet(), "suspended");
        narrator.result(
                "its business licence by the registry, its picture by the financier", "both refused: suspended");
        city.accepted("bank", licence, other.wallet());
        narrator.result("the supplier's business licence", "accepted, as before");
        Desk.Answer again =
                city.clerk().post("/api/" + REGISTRY + "/offers", order("business-licence", licenceOf(city, company)));
        city.require(again.status() == 409, "a dissolved company was offered a licence: " + again.status());
        narrator.result(
                "a new business licence for the dissolved company",
                "refused: " + again.json().getString("error"));
    }

    private static Map<String, Object> licenceOf(StoryCity city, Firm company) {
        return city.claims("business-licence", "unified_code", company.code(), "company_name", company.name());
    }

    private static JsonObject order(String type, Map<String, Object> claims) {
        return new JsonObject()
                .put(
                        "licences",
                        new JsonArray().add(new JsonObject().put("type", type).put("claims", new JsonObject(claims))));
    }
}
