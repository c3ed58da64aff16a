package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import city.elicence.city.story.knows.WhoKnows;
import city.elicence.credentials.catalogue.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;

/** Real estate registration: title, mortgage, transfer with the spouse's consent, shared ownership, release. */
public final class RealEstate implements Story {
    private static final String REGISTRY = "housing-authority";
    private static final String TITLE = "real-estate-title";
    private static final String TRANSFER = "transfer-application";
    private static final String BANK = "bank";
    private static final String OTHER_BANK = "bank-b";

    /** What the story is about. */
    private record Home(String unit, String title, String location) {}

    @Override
    public String name() {
        return "real-estate";
    }

    @Override
    public Label title() {
        return new Label("不动产登记", "Real estate: title, mortgage, transfer, shared ownership, release");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        Person seller = city.person("seller", "测试赵卖方", LocalDate.of(1979, 1, 9), true);
        Person spouse = city.person("spouse", "测试钱配偶", LocalDate.of(1981, 8, 30), false);
        Person buyer = city.person("buyer", "测试孙买方", LocalDate.of(1990, 6, 15), false);
        Firm lender = city.firm("lender", "测试按揭银行");
        Home home = new Home(
                "110199001001GB" + city.madeUp().digits(5) + "F00010001",
                "京(2024)样不动产权第" + city.madeUp().digits(7) + "号",
                "示例市样板区测试路" + city.madeUp().digits(4) + "号");
        papers(city, narrator, seller, spouse, buyer);
        title(city, narrator, home, seller);
        Desk.Answer rank = rank(city, narrator, seller);
        String mortgage = mortgage(city, narrator, home, seller, lender, rank);
        release(city, narrator, mortgage, seller, lender, rank);
        JsonObject application = consent(city, narrator, home, seller, spouse, buyer);
        transfer(city, narrator, home, application, seller, buyer);
        share(city, narrator, home, buyer, spouse);
        know(city, narrator, home, seller, buyer);
    }

    private static void papers(StoryCity city, Narrator narrator, Person seller, Person spouse, Person buyer)
            throws Exception {
        narrator.step("Seller, spouse and buyer have their identity cards; seller and spouse are married");
        for (Person who : new Person[] {seller, spouse, buyer}) {
            city.issue(
                    "public-security-bureau",
                    "resident-id-card",
                    city.claims(
                            "resident-id-card",
                            "name",
                            who.name(),
                            "sex",
                            who.sex(),
                            "birth_date",
                            who.born().toString(),
                            "id_number",
                            who.number()),
                    who.phone());
        }
        city.issue(
                "civil-affairs",
                "marriage-certificate",
                city.claims(
                        "marriage-certificate",
                        "holder.name",
                        spouse.name(),
                        "holder.sex",
                        spouse.sex(),
                        "holder.birth_date",
                        spouse.born().toString(),
                        "holder.id_number",
                        spouse.number(),
                        "spouse.name",
                        seller.name(),
                        "spouse.sex",
                        seller.sex(),
                        "spouse.birth_date",
                        seller.born().toString(),
                        "spouse.id_number",
                        seller.number()),
                spouse.phone());
    }

    private static Map<String, Object> title(StoryCity city, Home home, String number, JsonArray owners) {
        return city.claims(
                TITLE,
                "title_number",
                number,
                "unit_code",
                home.unit(),
                "location",
                home.location(),
                "owners",
                owners,
                "ownership",
                owners.size() == 1 ? "sole" : "joint");
    }

    private static JsonObject owner(Person who, int share) {
        return new JsonObject()
                .put("name", who.name())
                .put("id_number", who.number())
                .put("share_percent", share);
    }

    private static JsonObject order(Map<String, Object> claims) {
        return new JsonObject()
                .put(
                        "licences",
                        new JsonArray().add(new JsonObject().put("type", TITLE).put("claims", new JsonObject(claims))));
    }

    private static void title(StoryCity city, Narrator narrator, Home home, Person seller) throws Exception {
        narrator.step("A title is registered by two clerks: one proposes, another approves");
        Map<String, Object> claims = title(city, home, home.title(), new JsonArray().add(owner(seller, 100)));
        city.whoKnows().heard("issuer " + REGISTRY, new JsonObject(claims).encode());
        JsonObject proposal =
                city.clerk().post("/api/" + REGISTRY + "/offers", order(claims)).orThrow();
        Desk.Answer alone = city.clerk()
                .post(
                        "/api/" + REGISTRY + "/proposals/" + proposal.getString("proposal") + "/approve",
                        new JsonObject());
        city.require(alone.status() == 409, "one clerk issued a title alone");
        narrator.result(
                "the clerk who proposed it approves it",
                "refused: " + alone.json().getString("error"));
        String offer = city.approved(REGISTRY, proposal)
                .getJsonArray("offers")
                .getJsonObject(0)
                .getString("id");
        city.collect(REGISTRY, TITLE, offer, seller.phone());
        city.accepted(BANK, city.about("押品核验", TITLE, "unit_code", "ownership"), seller.phone());
        narrator.result("a bank checks the title", "accepted");
    }

    /** The secret of the title is shown to who lends; it opens the book in which the ledger keeps the ranks. */
    private static Desk.Answer rank(StoryCity city, Narrator narrator, Person seller) throws Exception {
        narrator.step("Two banks want the first rank on the title: the ledger gives it once");
        Uses uses = new Uses(city);
        JsonObject first = new JsonObject().put("rank", 1);
        JsonObject shown = city.accepted(BANK, ranked(city), seller.phone());
        Desk.Answer taken = uses.use(shown.getString("id"), first);
        city.require(
                taken.status() == 201 && taken.json().getInteger("rank") == 1,
                "the first rank was not registered: " + taken.json());
        narrator.result(
                "the bank registers rank 1", "transaction " + taken.json().getLong("seq_no"));
        uses.refused(
                city.accepted(OTHER_BANK, ranked(city), seller.phone()),
                first,
                "rank-not-free",
                narrator,
                "a second bank claims the same rank");
        return taken;
    }

    private static JsonObject ranked(StoryCity city) {
        return city.about("抵押顺位登记", TITLE, "unit_code", "rank_secret");
    }

    private static String mortgage(
            StoryCity city, Narrator narrator, Home home, Person seller, Firm lender, Desk.Answer rank)
            throws Exception {
        narrator.step("A mortgage requires the title, shown within its registration");
        Map<String, Object> claims = city.claims(
                "mortgage",
                "mortgage_number",
                "京(2024)样不动产证明第" + city.madeUp().digits(7) + "号",
                "title_number",
                home.title(),
                "unit_code",
                home.unit(),
                "lender_name",
                lender.name(),
                "lender_unified_code",
                lender.code(),
                "debtor_name",
                seller.name(),
                "debtor_id_number",
                seller.number(),
                "rank",
                rank.json().getInteger("rank"));
        JsonObject application = city.apply(REGISTRY, "mortgage", claims);
        JsonObject whole = city.showEvidence(REGISTRY, application, seller.phone());
        city.require(whole.getString("status").equals("whole"), "the title was refused as evidence: " + whole.encode());
        city.collectApplied(REGISTRY, whole, lender.wallet());
        city.accepted(BANK, city.about("抵押核验", "mortgage", "unit_code", "rank"), lender.wallet());
        narrator.result("the owner shows the title; the lender holds the mortgage, rank 1", "accepted");
        return city.licence(REGISTRY, "mortgage", lender.code());
    }

    private static void release(
            StoryCity city, Narrator narrator, String mortgage, Person seller, Firm lender, Desk.Answer rank)
            throws Exception {
        narrator.step("The debt is paid: the mortgage is released");
        city.clerk()
                .post(
                        "/api/" + REGISTRY + "/licences/" + mortgage + "/revoke",
                        new JsonObject().put("reason", "released"))
                .orThrow();
        city.refused(BANK, city.about("抵押核验", "mortgage", "unit_code", "rank"), lender.wallet(), "revoked");
        narrator.result("the released mortgage", "refused: revoked");
        Uses uses = new Uses(city);
        Desk.Answer freed = uses.then(rank, "release", new JsonObject());
        city.require(freed.status() == 201, "the rank was not released: " + freed.json());
        JsonObject shown = city.accepted(OTHER_BANK, ranked(city), seller.phone());
        Desk.Answer next = uses.use(shown.getString("id"), new JsonObject().put("rank", 1));
        city.require(
                next.status() == 201 && next.json().getInteger("rank") == 1,
                "the released rank was not free: " + next.json());
        narrator.result("the second bank, once the rank is released", "registers rank 1");
        city.require(
                uses.then(next, "release", new JsonObject()).status() == 201,
                "the second bank lends nothing after all");
    }

    private static JsonObject consent(
            StoryCity city, Narrator narrator, Home home, Person seller, Person spouse, Person buyer) throws Exception {
        narrator.step("A transfer needs title and card of the seller, the buyer's card, and the spouse's consent");
        String number = "GZ-" + city.madeUp().digits(8);
        Map<String, Object> claims = city.claims(
                TRANSFER,
                "application_number",
                "SL-" + city.madeUp().digits(8),
                "title_number",
                home.title(),
                "unit_code",
                home.unit(),
                "seller_name",
                seller.name(),
                "seller_id_number",
                seller.number(),
                "buyer_name",
                buyer.name(),
                "buyer_id_number",
                buyer.number(),
                "spouse_consent_number",
                number);
        JsonObject application = city.apply(REGISTRY, TRANSFER, claims);
        JsonObject stranger = city.showEvidence(REGISTRY, application, buyer.phone(), "seller");
        city.require(
                "evidence-differs".equals(city.last(stranger).getString("code")), "the buyer passed as the seller");
        narrator.result("the buyer shows her card as the seller's", "refused: evidence-differs");
        JsonObject shown = city.showEvidence(REGISTRY, application, seller.phone(), "title", "seller");
        city.require(city.last(shown).getString("outcome").equals("good"), "the seller was refused: " + shown.encode());
        shown = city.showEvidence(REGISTRY, application, buyer.phone(), "buyer");
        city.require(city.last(shown).getString("outcome").equals("good"), "the buyer was refused: " + shown.encode());
        Desk.Answer early = city.clerk()
                .post(
                        "/api/" + REGISTRY + "/applications/" + application.getString("application") + "/offer",
                        new JsonObject());
        city.require(early.status() == 409, "a transfer without the spouse's consent");
        narrator.result(
                "seller and buyer without the spouse",
                "refused: " + early.json().getString("error"));

        JsonObject notary = city.apply(
                "notary",
                "spouse-consent",
                city.claims(
                        "spouse-consent",
                        "consent_number",
                        number,
                        "unit_code",
                        home.unit(),
                        "seller_id_number",
                        seller.number(),
                        "spouse_name",
                        spouse.name(),
                        "spouse_id_number",
                        spouse.number()));
        JsonObject married = city.showEvidence("notary", notary, spouse.phone());
        city.require(married.getString("status").equals("whole"), "the marriage was refused: " + married.encode());
        city.collectApplied("notary", married, spouse.phone());
        narrator.result("the spouse shows the marriage certificate to the notary", "consent issued");
        shown = city.showEvidence(REGISTRY, application, spouse.phone(), "consent");
        city.require(shown.getString("status").equals("whole"), "the consent was refused: " + shown.encode());
        return shown;
    }

    private static void transfer(
            StoryCity city, Narrator narrator, Home home, JsonObject application, Person seller, Person buyer)
            throws Exception {
        narrator.step("The old title dies in the act in which the new one is born");
        city.collectApplied(REGISTRY, application, buyer.phone());
        Map<String, Object> claims = title(
                city, home, "京(2026)样不动产权第" + city.madeUp().digits(7) + "号", new JsonArray().add(owner(buyer, 100)));
        claims.put("registered_on", city.today().toString());
        JsonObject offer = city.ordered(REGISTRY, order(claims));
        city.refused(BANK, city.about("押品核验", TITLE, "unit_code", "ownership"), seller.phone(), "revoked");
        narrator.result("the seller's title, before the buyer has fetched hers", "refused: revoked");
        city.collect(REGISTRY, TITLE, offer.getString("id"), buyer.phone());
        city.accepted(BANK, city.about("押品核验", TITLE, "unit_code", "ownership"), buyer.phone());
        narrator.result("the buyer's title", "accepted");
    }

    private static void share(StoryCity city, Narrator narrator, Home home, Person buyer, Person other)
            throws Exception {
        narrator.step("Shared ownership: half of it goes to another, by replacement and two clerks");
        String old = city.licence(REGISTRY, TITLE, home.unit());
        JsonObject changes = new JsonObject()
                .put("ownership", "shares")
                .put("owners", new JsonArray().add(owner(buyer, 50)).add(owner(other, 50)));
        city.whoKnows().heard("issuer " + REGISTRY, changes.encode());
        JsonObject proposal = city.clerk()
                .post(
                        "/api/" + REGISTRY + "/licences/" + old + "/replacements",
                        new JsonObject().put("changes", changes))
                .orThrow();
        JsonObject offer =
                city.approved(REGISTRY, proposal).getJsonArray("offers").getJsonObject(0);
        city.require(city.state(REGISTRY, old).equals("revoked"), "the sole title is dead");
        city.collect(REGISTRY, TITLE, offer.getString("id"), buyer.phone());
        buyer.phone().wallet().refreshStatus();
        JsonObject seen = city.accepted(BANK, city.about("押品核验", TITLE, "unit_code", "owner_count"), buyer.phone());
        city.require(seen.encode().contains("\"owner_count\":2"), "the bank sees two owners: " + seen.encode());
        narrator.result("a bank asks how many owners there are, and not who", "2");
    }

    private static void know(StoryCity city, Narrator narrator, Home home, Person seller, Person buyer)
            throws Exception {
        narrator.step("Who could learn what");
        WhoKnows who = city.whoKnows();
        who.fact(
                "the unit's code",
                home.unit(),
                "holder buyer",
                "holder lender",
                "holder seller",
                "holder spouse",
                "issuer " + REGISTRY,
                "issuer notary",
                "verifier bank",
                "verifier bank-b");
        who.fact("where the home is", home.location(), "holder buyer", "holder seller", "issuer " + REGISTRY);
        who.fact(
                "the seller's ID number",
                seller.number(),
                "holder buyer",
                "holder lender",
                "holder seller",
                "holder spouse",
                "issuer civil-affairs",
                "issuer " + REGISTRY,
                "issuer notary",
                "issuer public-security-bureau");
        who.fact(
                "the buyer's ID number",
                buyer.number(),
                "holder buyer",
                "issuer " + REGISTRY,
                "issuer public-security-bureau");
        city.lookWhoKnows(narrator);
    }
}
