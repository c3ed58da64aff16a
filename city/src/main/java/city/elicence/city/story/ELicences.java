package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Narrator;
import city.elicence.city.story.knows.WhoKnows;
import city.elicence.credentials.catalogue.Label;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;

/** E-licences: a citizen's cards through a life, from the first identity card to the death certificate. */
public final class ELicences implements Story {
    private static final String BUREAU = "public-security-bureau";
    private static final String POLICE = "traffic-police";
    private static final String CARD = "resident-id-card";
    private static final String DRIVING = "driving-licence";

    @Override
    public String name() {
        return "e-licences";
    }

    @Override
    public Label title() {
        return new Label("电子证照", "E-licences: a citizen's cards through a life");
    }

    @Override
    public void play(StoryCity city, Narrator narrator) throws Exception {
        Person li = city.person("li", "测试李明远", LocalDate.of(1958, 3, 12), true);
        Person wang = city.person("wang", "测试王若兰", LocalDate.of(1960, 5, 4), false);
        cards(city, narrator, li, wang);
        drive(city, narrator, li, wang);
        renew(city, narrator, li);
        Person recovered = lose(city, narrator, li);
        suspend(city, narrator, recovered);
        marry(city, narrator, recovered, wang);
        String child = birth(city, narrator, recovered, wang);
        die(city, narrator, recovered, wang);
        know(city, narrator, recovered, wang, child);
    }

    private static Map<String, Object> about(StoryCity city, String type, Person who) {
        return city.claims(
                type,
                "name",
                who.name(),
                "sex",
                who.sex(),
                "birth_date",
                who.born().toString(),
                "id_number",
                who.number());
    }

    private static void cards(StoryCity city, Narrator narrator, Person li, Person wang) throws Exception {
        narrator.step("Two citizens get their identity cards");
        for (Person who : new Person[] {li, wang}) {
            city.issue(BUREAU, CARD, about(city, CARD, who), who.phone());
        }
        city.accepted("bank", city.about("年龄核验", CARD, "age_over_18"), li.phone());
        narrator.result("a bank asks whether Li is over 18, and for nothing else", "accepted");
    }

    private static void drive(StoryCity city, Narrator narrator, Person li, Person wang) throws Exception {
        narrator.step("A driving licence requires the identity card: shown within the issuance, to the traffic police");
        JsonObject application = city.apply(POLICE, DRIVING, about(city, DRIVING, li));
        Desk.Answer early = city.clerk()
                .post(
                        "/api/" + POLICE + "/applications/" + application.getString("application") + "/offer",
                        new JsonObject());
        city.require(early.status() == 409, "an offer was made before the evidence was shown");
        narrator.result(
                "an offer before any evidence", "refused: " + early.json().getString("error"));
        JsonObject wrong = city.showEvidence(POLICE, application, wang.phone());
        String code = city.last(wrong).getString("code");
        city.require("evidence-differs".equals(code), "another's card was taken as evidence: " + wrong.encode());
        narrator.result("Wang shows her own card for Li's licence", "refused: " + code);
        JsonObject whole = city.showEvidence(POLICE, application, li.phone());
        city.require(
                whole.getString("status").equals("whole"),
                "the evidence was refused: " + city.last(whole).encode());
        city.collectApplied(POLICE, whole, li.phone());
        city.accepted("insurer", new JsonObject().put("check", "may-drive-car"), li.phone());
        narrator.result("Li shows his own; the licence is issued", "an insurer accepts it");
    }

    private static void renew(StoryCity city, Narrator narrator, Person li) throws Exception {
        narrator.step("Renewal: the old licence dies in the act in which the new one is born");
        String old = city.licence(POLICE, DRIVING, li.number());
        JsonObject changes = new JsonObject().put("valid_from", "2026-07-02").put("valid_until", "2036-07-02");
        JsonObject offer = city.clerk()
                .post("/api/" + POLICE + "/licences/" + old + "/replacements", new JsonObject().put("changes", changes))
                .orThrow()
                .getJsonArray("offers")
                .getJsonObject(0);
        city.refused("insurer", new JsonObject().put("check", "may-drive-car"), li.phone(), "revoked");
        narrator.result("the old licence, while the new one waits for the phone", "refused: revoked");
        city.collect(POLICE, DRIVING, offer.getString("id"), li.phone());
        li.phone().wallet().refreshStatus();
        city.accepted("insurer", new JsonObject().put("check", "may-drive-car"), li.phone());
        narrator.result("the new licence", "accepted");
        JsonObject receipt = city.clerk()
                .get("/api/" + POLICE + "/licences/" + old + "/receipt")
                .orThrow();
        city.require(receipt.getString("receipt").split("\\.", -1).length == 3, "the receipt is a signed JWT");
        narrator.line(
                "the police sign a receipt for the old one: in which status token, anchored by which transaction");
    }

    private static Person lose(StoryCity city, Narrator narrator, Person li) throws Exception {
        narrator.step(
                "Li loses his phone: every licence of his is re-issued to a new key by one act, the old ones die");
        Holder fresh = city.wallet("li-new");
        JsonArray offers = city.clerk()
                .post("/api/recoveries", new JsonObject().put("number", li.number()))
                .orThrow()
                .getJsonArray("offers");
        for (int i = 0; i < offers.size(); i++) {
            String issuer = offers.getJsonObject(i).getString("credential_issuer");
            String tenant = issuer.substring(issuer.lastIndexOf('/') + 1);
            city.collect(tenant, "recovered", offers.getJsonObject(i).getString("id"), fresh);
        }
        city.require(
                fresh.cards().size() == 2,
                "card and licence are on the new phone, not " + fresh.cards().size());
        city.refused("bank", city.about("年龄核验", CARD, "age_over_18"), li.phone(), "revoked");
        city.accepted("bank", city.about("年龄核验", CARD, "age_over_18"), fresh);
        narrator.result("who found the old phone shows the identity card", "refused: revoked");
        narrator.result("his licences from " + offers.size() + " authorities, on the new phone", "accepted");
        return li.with(fresh);
    }

    private static void suspend(StoryCity city, Narrator narrator, Person li) throws Exception {
        narrator.step("The driving licence is suspended, and returned");
        String licence = city.licence(POLICE, DRIVING, li.number());
        JsonObject reason = new JsonObject().put("reason", "points");
        city.clerk()
                .post("/api/" + POLICE + "/licences/" + licence + "/suspend", reason)
                .orThrow();
        city.refused("insurer", new JsonObject().put("check", "may-drive-car"), li.phone(), "suspended");
        city.clerk()
                .post("/api/" + POLICE + "/licences/" + licence + "/resume", reason)
                .orThrow();
        city.accepted("insurer", new JsonObject().put("check", "may-drive-car"), li.phone());
        narrator.result("suspended, then returned", "refused: suspended; then accepted");
    }

    private static void marry(StoryCity city, Narrator narrator, Person li, Person wang) throws Exception {
        narrator.step("The marriage certificate is issued to both spouses");
        for (Person[] pair : new Person[][] {{li, wang}, {wang, li}}) {
            city.issue("civil-affairs", "marriage-certificate", marriage(city, pair[0], pair[1]), pair[0].phone());
            city.accepted("bank", new JsonObject().put("check", "is-married"), pair[0].phone());
        }
        narrator.result("each of the two shows that they are married, and not to whom", "accepted");
    }

    private static Map<String, Object> marriage(StoryCity city, Person holder, Person spouse) {
        return city.claims(
                "marriage-certificate",
                "holder.name",
                holder.name(),
                "holder.sex",
                holder.sex(),
                "holder.birth_date",
                holder.born().toString(),
                "holder.id_number",
                holder.number(),
                "spouse.name",
                spouse.name(),
                "spouse.sex",
                spouse.sex(),
                "spouse.birth_date",
                spouse.born().toString(),
                "spouse.id_number",
                spouse.number());
    }

    private static String birth(StoryCity city, Narrator narrator, Person father, Person mother) throws Exception {
        narrator.step("A parent holds a child's birth certificate");
        String child = "测试李念慈" + city.madeUp().digits(4);
        Map<String, Object> claims = city.claims(
                "birth-certificate",
                "child_name",
                child,
                "certificate_number",
                "T" + city.madeUp().digits(9),
                "mother.name",
                mother.name(),
                "mother.id_number",
                mother.number(),
                "father.name",
                father.name(),
                "father.id_number",
                father.number());
        city.issue("hospital", "birth-certificate", claims, mother.phone());
        city.accepted("school", city.about("入学登记", "birth-certificate", "child_name", "born_at"), mother.phone());
        narrator.result("the mother enrols the child at a school: name and day of birth", "accepted");
        return child;
    }

    private static void die(StoryCity city, Narrator narrator, Person li, Person wang) throws Exception {
        narrator.step("A death certificate suspends what depends on the life, at every authority, in one act");
        Map<String, Object> certificate = city.claims(
                "death-certificate",
                "deceased_name",
                li.name(),
                "sex",
                li.sex(),
                "birth_date",
                li.born().toString(),
                "deceased_id_number",
                li.number(),
                "kin_name",
                wang.name(),
                "kin_relation",
                "配偶",
                "kin_id_number",
                wang.number());
        city.issue("hospital", "death-certificate", certificate, wang.phone());
        city.refused("insurer", new JsonObject().put("check", "may-drive-car"), li.phone(), "suspended");
        city.refused("bank", city.about("年龄核验", CARD, "age_over_18"), li.phone(), "suspended");
        city.refused("bank", new JsonObject().put("check", "is-married"), wang.phone(), "suspended");
        city.accepted("bank", city.about("年龄核验", CARD, "age_over_18"), wang.phone());
        narrator.result("identity card, driving licence and marriage of the deceased", "refused: suspended");
        Map<String, Object> licence = about(city, DRIVING, li);
        city.whoKnows().heard("issuer " + POLICE, new JsonObject(licence).encode());
        Desk.Answer again = city.clerk()
                .post(
                        "/api/" + POLICE + "/offers",
                        new JsonObject()
                                .put(
                                        "licences",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("type", DRIVING)
                                                        .put("claims", new JsonObject(licence)))));
        city.require(again.status() == 409, "a licence was offered to the dead");
        narrator.result(
                "a new licence in the name of the deceased",
                "refused: " + again.json().getString("error"));
    }

    private static void know(StoryCity city, Narrator narrator, Person li, Person wang, String child) throws Exception {
        narrator.step("Who could learn what");
        WhoKnows who = city.whoKnows();
        String[] ofLi = {
            "holder li",
            "holder li-new",
            "holder wang",
            "issuer civil-affairs",
            "issuer hospital",
            "issuer " + BUREAU,
            "issuer " + POLICE
        };
        who.fact("Li's name", li.name(), ofLi);
        who.fact("Li's ID number", li.number(), ofLi);
        who.fact(
                "Wang's ID number",
                wang.number(),
                "holder li-new",
                "holder wang",
                "issuer civil-affairs",
                "issuer hospital",
                "issuer " + BUREAU);
        who.fact("the child's name", child, "holder wang", "issuer hospital", "verifier school");
        city.lookWhoKnows(narrator);
    }
}
