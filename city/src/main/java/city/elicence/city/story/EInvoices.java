package city.elicence.city.story;

import city.elicence.city.demo.Attacks;
import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Inspector;
import city.elicence.city.demo.Narrator;
import city.elicence.city.setup.Party;
import city.elicence.city.setup.Strangers;
import city.elicence.credentials.catalogue.Label;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.verify.Verdict;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** E-invoices: hospital, patient's phone, insurer; each invoice is paid once. */
public final class EInvoices implements Story {
    private static final String INVOICE = "medical-invoice";
    private static final JsonObject CLAIM = new JsonObject().put("check", "medical-invoice-claim");

    @Override
    public String name() {
        return "e-invoices";
    }

    @Override
    public Label title() {
        return new Label("电子票据", "E-invoices: medical, donation and tuition, each claimed once");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        Uses uses = new Uses(city);
        narrator.step("At discharge the hospital issues an invoice to the patient's phone");
        Person zhou = city.person("zhou", "测试周予安", LocalDate.of(1979, 11, 2), true);
        String ward = "测试病区" + city.madeUp().digits(6);
        invoice(city, "hospital", zhou, ward, false);
        narrator.line("issued, anchored, and with a secret inside that no list of invoices shows");

        narrator.step("The insurer sees that it is the hospital's, and registers its claim");
        String shown = city.accepted("insurer", CLAIM, zhou.phone()).getString("id");
        Desk.Answer claim = uses.use(shown, new JsonObject());
        city.require(claim.status() == 201, "an honest claim was refused: " + claim.json());
        narrator.result(
                "first claim", "registered in transaction " + claim.json().getLong("seq_no"));
        uses.refused(
                city.accepted("insurer", CLAIM, zhou.phone()),
                new JsonObject(),
                "used-already",
                narrator,
                "same insurer, again");
        uses.refused(
                city.accepted("insurer-b", CLAIM, zhou.phone()),
                new JsonObject(),
                "used-already",
                narrator,
                "another insurer");

        partly(city, uses, narrator);
        unhappy(city, uses, narrator);
        others(city, uses, narrator);
        oversight(city, zhou, narrator);

        narrator.step("Who could learn what");
        city.whoKnows()
                .fact(
                        "the patient's name",
                        zhou.name(),
                        "holder zhou",
                        "issuer hospital",
                        "verifier insurer",
                        "verifier insurer-b");
        city.whoKnows().fact("the patient's number", zhou.number(), "holder zhou", "issuer hospital");
        city.whoKnows().fact("the ward", ward, "holder zhou", "issuer hospital");
        city.lookWhoKnows(narrator);
    }

    private static void partly(StoryCity city, Uses uses, Narrator narrator) throws Exception {
        narrator.step("Two insurers share one invoice: what remains is told to whom it is shown");
        Person gao = city.person("gao", "测试高文", LocalDate.of(1966, 4, 8), false);
        invoice(city, "hospital", gao, "内科", false);
        String first = city.accepted("insurer", CLAIM, gao.phone()).getString("id");
        Desk.Answer part = uses.use(first, new JsonObject().put("amount", 6_000));
        city.require(part.status() == 201 && part.json().getLong("remaining") == 3_360, "a part: " + part.json());
        JsonObject second = city.accepted("insurer-b", CLAIM, gao.phone());
        JsonObject book = city.verifier()
                .get("/api/checks/" + second.getString("id") + "/uses")
                .orThrow();
        narrator.result(
                "the second insurer is told", book.getLong("remaining") + " fen remain of " + book.getLong("cap"));
        uses.refused(
                second,
                new JsonObject().put("amount", 3_361),
                "remainder-too-small",
                narrator,
                "a fen more than remains");
        city.require(
                uses.use(second.getString("id"), new JsonObject().put("amount", 3_360))
                                .status()
                        == 201,
                "the rest");
        narrator.result("the rest", "registered");
    }

    private static void unhappy(StoryCity city, Uses uses, Narrator narrator) throws Exception {
        narrator.step("What is wrong is refused, by name");
        Person wu = city.person("wu", "测试吴霞", LocalDate.of(1988, 9, 19), false);
        Card good = invoice(city, "hospital", wu, "外科", false);
        Inspector inspector = Inspector.of(city.city(), city.verifier(), "insurer");
        String honest = inspector.read(city.offlineFrames(wu.phone(), good, Set.of("patient_paid")));
        verdict(
                city,
                narrator,
                "altered by a fen",
                inspector.check(Attacks.alteredDisclosure(honest)),
                "disclosure-not-signed");
        Party hospital = city.city().party("hospital");
        Strangers.Office forger =
                Strangers.office(hospital.did(), city.city().clock().instant());
        verdict(
                city,
                narrator,
                "forged in the hospital's name",
                inspector.check(Attacks.byUnaccreditedIssuer(honest, forger.chain(), forger.key())),
                "issuer-chain-untrusted");

        Person xu = city.person("xu", "测试徐来", LocalDate.of(1991, 1, 30), true);
        invoice(city, "hospital-b", xu, "骨科", false);
        withdrawn(city, xu, narrator);

        Person he = city.person("he", "测试何平", LocalDate.of(1970, 7, 7), true);
        invoice(city, "hospital", he, "儿科", false);
        String issued = latest(city);
        city.clerk()
                .post("/api/hospital/licences/" + issued + "/revoke", new JsonObject().put("reason", "red letter"))
                .orThrow();
        city.until(
                "the voided invoice is refused",
                () -> city.ask("insurer", CLAIM, he.phone()).code().equals("revoked"));
        narrator.result("voided by the hospital", "refused: revoked");
        Person red = city.person("red", "测试何平", LocalDate.of(1970, 7, 7), true);
        invoice(city, "hospital", red, "儿科", true);
        uses.refused(
                city.accepted("insurer", CLAIM, red.phone()),
                new JsonObject(),
                "not-usable",
                narrator,
                "its red letter");
    }

    /** The authority withdraws a hospital, and gives the accreditation back at the end of the scene. */
    private static void withdrawn(StoryCity city, Person patient, Narrator narrator) throws Exception {
        Party hospital = city.city().party("hospital-b");
        Accreditation before =
                city.city().ledger().accreditation(hospital.did()).orElseThrow();
        city.require(
                city.city()
                        .ledger()
                        .withdraw(
                                hospital.did(),
                                city.city().clock().instant().minus(Duration.ofDays(30)),
                                city.city().authorityKey())
                        .isDone(),
                "the accreditation was not withdrawn");
        try {
            String[] code = {""};
            city.until("an unaccredited hospital's invoice is refused", () -> {
                code[0] = city.ask("insurer", CLAIM, patient.phone()).code();
                return Set.of("issuer-not-accredited-for-type", "issuer-not-accredited-then")
                        .contains(code[0]);
            });
            narrator.result("a hospital whose accreditation was withdrawn", "refused: " + code[0]);
        } finally {
            city.require(
                    city.city()
                            .ledger()
                            .accredit(before, city.city().authorityKey())
                            .isDone(),
                    "not given back");
        }
    }

    private static void others(StoryCity city, Uses uses, Narrator narrator) throws Exception {
        narrator.step("A donation is deducted once, tuition is reimbursed once");
        Person sun = city.person("sun", "测试孙宁", LocalDate.of(1983, 6, 1), false);
        city.issue(
                "charity",
                "donation-invoice",
                city.claims("donation-invoice", "invoice_number", city.madeUp().digits(10)),
                sun.phone());
        city.issue(
                "school",
                "tuition-invoice",
                city.claims("tuition-invoice", "invoice_number", city.madeUp().digits(10)),
                sun.phone());
        JsonObject donation = city.about("捐赠扣除", "donation-invoice", "total", "claim_secret");
        JsonObject tuition = city.about("学费报销", "tuition-invoice", "total", "claim_secret");
        for (Map.Entry<String, JsonObject> each :
                Map.of("tax-bureau", donation, "insurer", tuition).entrySet()) {
            String check =
                    city.accepted(each.getKey(), each.getValue(), sun.phone()).getString("id");
            city.require(uses.use(check, new JsonObject()).status() == 201, each.getKey() + " could not register");
            uses.refused(
                    city.accepted(each.getKey(), each.getValue(), sun.phone()),
                    new JsonObject(),
                    "used-already",
                    narrator,
                    "a second time at " + each.getKey());
        }
    }

    private static void oversight(StoryCity city, Person patient, Narrator narrator) throws Exception {
        narrator.step("The finance bureau sees sums by hospital, and no patient");
        JsonObject counts = city.verifier().get("/oversight").orThrow();
        String did = city.city().party("hospital").did().value();
        JsonObject medical = counts.getJsonArray("uses").stream()
                .map(JsonObject.class::cast)
                .filter(row -> row.getString("issuer").equals(did)
                        && row.getString("kind").equals("medical-claim"))
                .findFirst()
                .orElseThrow();
        city.require(medical.getLong("sum", 0L) >= 9_360, "the sum by hospital is missing: " + medical);
        city.require(!counts.encode().contains(patient.number()), "a patient is in the counts");
        narrator.result(
                "claimed on this hospital's invoices",
                medical.getLong("count") + " times, " + medical.getLong("sum") + " fen");
        city.whoKnows().place("finance bureau", counts::encode);
    }

    private static Card invoice(StoryCity city, String hospital, Person patient, String ward, boolean redLetter)
            throws Exception {
        Map<String, Object> claims = city.claims(
                INVOICE,
                "invoice_number",
                city.madeUp().digits(10),
                "patient_name",
                patient.name(),
                "id_number",
                patient.number(),
                "department",
                ward,
                "red_letter",
                redLetter);
        if (redLetter) {
            claims.put("reverses_invoice", "0000000001");
        }
        return city.issue(hospital, INVOICE, claims, patient.phone());
    }

    /** The licence that the hospital issued last. */
    private static String latest(StoryCity city) throws Exception {
        return city.clerk()
                .get("/api/hospital/licences?limit=1")
                .orThrow()
                .getJsonArray("licences")
                .getJsonObject(0)
                .getString("id");
    }

    private static void verdict(StoryCity city, Narrator narrator, String what, Verdict verdict, String code) {
        String found =
                verdict instanceof Verdict.Refused refused ? refused.refusal().code() : "accepted";
        city.require(List.of(code).contains(found), what + " was " + found + ", expected " + code);
        narrator.result(what, "refused: " + code);
    }
}
