package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A company of a story that has an always-on wallet: what its people do at the console, and what others bring to it. */
final class Enterprise {
    private static final String REPRESENTATIVE = "lin";

    private final StoryCity city;
    private final Company company;
    private final Person representative;
    private final int signatures;
    private final Map<String, String> requests = new HashMap<>();
    private final Map<String, String> cards = new LinkedHashMap<>();

    private Enterprise(StoryCity city, Company company, Person representative, int signatures) {
        this.city = city;
        this.company = company;
        this.representative = representative;
        this.signatures = signatures;
    }

    /** A new company, whose licence says how many must sign for it. */
    static Enterprise founded(StoryCity city, String name, int signatures) {
        String code = city.madeUp().companyCode();
        String id = "story-" + code.substring(9).toLowerCase(Locale.ROOT);
        Company company = new Company(id, name, "Story company " + code, code);
        Person lin =
                new Person(REPRESENTATIVE, "测试林晓宁", city.madeUp().citizenNumber(LocalDate.of(1980, 4, 5), false), true);
        city.city().companyWallet().enrol(company, List.of(lin));
        return new Enterprise(city, company, lin, signatures);
    }

    String name() {
        return company.zh();
    }

    String code() {
        return company.unifiedCode();
    }

    String id() {
        return company.id();
    }

    String representativeNumber() {
        return representative.idNumber();
    }

    Map<String, Object> licence() {
        return city.claims(
                "business-licence",
                "unified_code",
                company.unifiedCode(),
                "company_name",
                company.zh(),
                "legal_representative",
                representative.name(),
                "legal_representative_id_number",
                representative.idNumber(),
                "signatures_required",
                signatures);
    }

    /** The company takes what an authority offers. */
    void receive(String tenant, String type, Map<String, Object> claims) throws Exception {
        JsonObject got = console()
                .post("/api/" + company.id() + "/offers", new JsonObject().put("link", offered(tenant, type, claims)))
                .orThrow();
        city.require(got.getString("state").equals("received"), type + " did not arrive");
        cards.put(type, got.getJsonArray("cards").getJsonObject(0).getString("id"));
    }

    /** The same; the wallet keeps the newer one alone. */
    void replace(String tenant, String type, Map<String, Object> claims) throws Exception {
        String old = cards.getOrDefault(type, "");
        receive(tenant, type, claims);
        city.city().companyWallet().wallet(company.id()).delete(old);
    }

    /** The same, into the dossier. */
    void file(String tenant, String type, Map<String, Object> claims) throws Exception {
        receive(tenant, type, claims);
        console()
                .post("/api/" + company.id() + "/dossier", new JsonObject().put("card", cards.getOrDefault(type, "")))
                .orThrow();
    }

    private String offered(String tenant, String type, Map<String, Object> claims)
            throws IOException, InterruptedException {
        city.whoKnows().heard("issuer " + tenant, new JsonObject(claims).encode());
        JsonObject licence = new JsonObject().put("type", type).put("claims", new JsonObject(claims));
        return city.clerk()
                .post("/api/" + tenant + "/offers", new JsonObject().put("licences", new JsonArray().add(licence)))
                .orThrow()
                .getString("link");
    }

    Desk.Answer askRaw(String tenant, JsonObject check) throws Exception {
        return city.verifier().post("/api/checks", check.copy().put("tenant", tenant));
    }

    JsonObject ask(String tenant, JsonObject check) throws Exception {
        return askRaw(tenant, check).orThrow();
    }

    /** Who asks brings the request to the always-on endpoint. */
    JsonObject deliver(JsonObject asked) throws Exception {
        JsonObject taken = city.desk(city.city().companyWallet().base(), () -> "none")
                .post("/" + company.id() + "/requests", new JsonObject().put("link", asked.getString("link")))
                .orThrow();
        JsonArray all =
                console().get("/api/" + company.id() + "/requests").orThrow().getJsonArray("requests");
        requests.put(asked.getString("id"), all.getJsonObject(0).getString("id"));
        return taken;
    }

    JsonObject approve(String person, JsonObject asked) throws Exception {
        return decide(person, asked, "approve");
    }

    JsonObject deny(String person, JsonObject asked) throws Exception {
        return decide(person, asked, "deny");
    }

    private JsonObject decide(String person, JsonObject asked, String verb) throws Exception {
        return console(person)
                .post(
                        "/api/" + company.id() + "/requests/" + requests.get(asked.getString("id")) + "/" + verb,
                        new JsonObject())
                .orThrow();
    }

    /** The verdict of who asked; the check is deleted at the end of the story. */
    JsonObject verdict(String tenant, JsonObject asked) throws Exception {
        String path = "/api/checks/" + asked.getString("id");
        city.until(
                "a verdict",
                () -> !Set.of("waiting", "deciding", "returning")
                        .contains(city.verifier().get(path).orThrow().getString("status")));
        JsonObject verdict = city.verifier().get(path).orThrow();
        city.whoKnows().heard("verifier " + tenant, verdict.encode());
        city.verifier().delete(path);
        return verdict;
    }

    String consent(String verifier, JsonObject wish) throws Exception {
        return console()
                .post(
                        "/api/" + company.id() + "/consents",
                        wish.copy()
                                .put(
                                        "verifier",
                                        city.city().party(verifier).did().value()))
                .orThrow()
                .getString("id");
    }

    void withdraw(String consent) throws Exception {
        Desk.Answer answer = console().delete("/api/" + company.id() + "/consents/" + consent);
        city.require(answer.status() == 200, "a consent could not be withdrawn");
    }

    /** The company's own receipts, newest first. */
    JsonArray receipts() throws Exception {
        return console().get("/api/" + company.id() + "/receipts").orThrow().getJsonArray("receipts");
    }

    boolean everyReceiptIsAnchored() throws Exception {
        return receipts().stream().allMatch(each -> ((JsonObject) each).containsKey("proof"));
    }

    /** What a party holds of receipts of this company. */
    JsonArray receiptsAt(String party) throws Exception {
        Set<Object> own = new HashSet<>();
        receipts().forEach(each -> own.add(((JsonObject) each).getString("signed")));
        JsonArray held = new JsonArray();
        city.verifier().get("/api/" + party + "/receipts").orThrow().getJsonArray("receipts").stream()
                .filter(each -> own.contains(((JsonObject) each).getString("receipt")))
                .forEach(held::add);
        return held;
    }

    /** Whether each receipt came back signed, anchored, and is the same object with who received and with who made the document. */
    boolean isHeldAlike(String receiver, String maker) throws Exception {
        Set<Object> own = new HashSet<>();
        for (Object each : receipts()) {
            JsonObject countersigned = ((JsonObject) each).getJsonObject("countersigned", new JsonObject());
            if (!countersigned.containsKey("proof")) {
                return false;
            }
            own.add(countersigned.getString("signed"));
        }
        return own.equals(countersignedAt(receiver)) && own.equals(countersignedAt(maker));
    }

    private Set<Object> countersignedAt(String party) throws Exception {
        Set<Object> held = new HashSet<>();
        receiptsAt(party).forEach(each -> held.add(((JsonObject) each).getString("countersigned")));
        return held;
    }

    /** The company's own documents of a reference. */
    JsonArray dossier(String reference) throws Exception {
        return console()
                .get("/api/" + company.id() + "/dossier?reference=" + reference)
                .orThrow()
                .getJsonArray("documents");
    }

    /** What a party gets that asks the dossier by reference. */
    JsonArray dossierFor(String tenant, String reference) throws Exception {
        JsonArray documents = city.verifier()
                .post(
                        "/api/" + tenant + "/dossier-queries",
                        new JsonObject()
                                .put("dossier", city.city().companyWallet().base() + "/" + company.id() + "/dossier")
                                .put("reference", reference))
                .orThrow()
                .getJsonArray("documents");
        city.whoKnows().heard("verifier " + tenant, documents.encode());
        return documents;
    }

    /** All that the company's people can read in its wallet. */
    String everything() throws Exception {
        return console().get("/api/" + company.id() + "/cards").orThrow().encode()
                + console().get("/api/" + company.id() + "/company").orThrow().encode()
                + receipts().encode();
    }

    private Desk console() {
        return console(REPRESENTATIVE);
    }

    private Desk console(String person) {
        return city.desk(city.city().companyWallet().base(), () -> city.city().companyToken(company.id(), person));
    }
}
