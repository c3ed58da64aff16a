package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many licences at once, and acts that need two persons")
class BulkTest {
    private static final String TYPE = "teacher-qualification";

    private final TestCity city = new TestCity();
    private final String school = city.enrol("education-commission");
    private final Desk desk = new Desk(city, school);

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    @DisplayName("A file of good rows becomes one offer a row, each of which a wallet can take, with its own code")
    void good() throws Exception {
        Http.Answer done = ended(begin(sheet(30).getBytes(StandardCharsets.UTF_8), "&tx_code=true"));
        assertEquals("offered", done.string("state"), done::text);
        List<Map<String, Object>> offers = Desk.list(done, "offers");
        assertEquals(30, offers.size());
        assertTrue(RawWallet.text(offers.getFirst(), "tx_code").matches("[0-9]{6}"));
        assertEquals(List.of(), Desk.list(done, "refused"));
    }

    @Test
    @DisplayName("Lines that are for one holder go into one offer, as many together as is said and 20 at most")
    void together() throws Exception {
        byte[] sheet = sheet(30).getBytes(StandardCharsets.UTF_8);
        List<Map<String, Object>> lines = Desk.list(ended(begin(sheet, "&together=20")), "offers");
        assertEquals(30, lines.size());
        Map<String, Long> offers = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> RawWallet.text(line, "link"), TreeMap::new, Collectors.counting()));
        assertEquals(List.of(10L, 20L), offers.values().stream().sorted().toList());
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(school));
        Http.Answer token = wallet.tokenFor(RawWallet.offer(RawWallet.text(lines.getFirst(), "link")));
        Object identifiers =
                Desk.list(token, "authorization_details").getFirst().get("credential_identifiers");
        assertEquals(20, assertInstanceOf(List.class, identifiers).size(), token::text);
        assertEquals(400, begin(sheet, "&together=21").status());
        assertEquals(400, begin(sheet, "&together=0").status());
    }

    @Test
    @DisplayName("One bad row, and nothing is made: the report names line and field in both languages, and no value")
    void bad() throws Exception {
        long before = offersMade();
        String sheet = sheet(40).replaceFirst("110199199205170024", "110199199205170020");
        Http.Answer done = ended(begin(sheet.getBytes(StandardCharsets.UTF_8), ""));
        assertEquals("refused", done.string("state"), done::text);
        assertEquals(List.of(), Desk.list(done, "offers"));
        List<Map<String, Object>> refused = Desk.list(done, "refused");
        assertEquals(1, refused.size());
        assertEquals(2L, refused.getFirst().get("line"));
        assertTrue(done.text().contains("id_number"));
        assertFalse(done.text().contains("110199199205170020"));
        assertEquals(before, offersMade());
    }

    @Test
    @DisplayName(
            "A spreadsheet's GB 18030 is read too, labels stand for names, and what is no such file is refused at once")
    void files() throws Exception {
        String sheet = sheet(2).replaceFirst("name,", "姓名,");
        Http.Answer done = ended(begin(sheet.getBytes(Charset.forName("GB18030")), ""));
        assertEquals("offered", done.string("state"), done::text);
        for (String wrong : List.of("", "name\n", "shoe_size\n42\n", "name\n\"x")) {
            Http.Answer answer = begin(wrong.getBytes(StandardCharsets.UTF_8), "");
            assertEquals(400, answer.status(), wrong);
        }
        assertEquals(404, desk.get("bulk/AAAAAAAAAAAAAAAAAAAAAA").status());
    }

    @Test
    @DisplayName("Another authority's clerk sees nothing of an order")
    void otherOffice() throws Exception {
        Http.Answer begun = begin(sheet(1).getBytes(StandardCharsets.UTF_8), "");
        assertEquals("offered", ended(begun).string("state"));
        assertEquals(
                404,
                new Desk(city, city.police).get("bulk/" + begun.string("id")).status());
    }

    @Test
    @DisplayName(
            "Where a type wants two persons, one clerk asks, the same one cannot agree, another does; the day counts it once")
    void twoPersons() {
        String registry = city.enrol("housing-authority");
        Desk titles = new Desk(city, registry);
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(registry));
        Http.Answer proposed = titles.offer("real-estate-title");
        assertEquals(202, proposed.status(), proposed::text);
        Http.Answer made = Http.postJson(
                city.base() + "/api/" + registry + "/proposals/" + proposed.string("proposal") + "/approve",
                Map.of(),
                "Authorization",
                "Bearer " + city.clerkTokenAt(registry));
        Map<String, Object> offer = Desk.list(made, "offers").getFirst();
        assertEquals(
                200,
                wallet.tokenFor(RawWallet.offer(RawWallet.text(offer, "link"))).status());
        RawWallet.credentials(wallet.credential("real-estate-title", SoftwareKey.generate()));
        String licence = Desk.firstLicence(offer);

        Http.Answer asked = titles.change(licence, "revoke", "court order");
        assertEquals("valid", asked.string("state"), asked::text);
        assertEquals("clerk 7", RawWallet.text(RawWallet.object(asked.json(), "second_person"), "asked_by"));
        Http.Answer again = titles.change(licence, "revoke", "court order");
        assertEquals("second_person_needed", again.error(), again::text);
        assertEquals("valid", titles.get("licences/" + licence).string("state"));

        assertEquals(200, titles.change(licence, "decline", "wrong file").status());
        assertEquals(409, titles.change(licence, "decline", "twice").status());
        assertEquals(200, titles.change(licence, "revoke", "court order").status());
        Http.Answer second = Http.postJson(
                city.base() + "/api/" + registry + "/licences/" + licence + "/revoke",
                Map.of("reason", "seen"),
                "Authorization",
                "Bearer " + city.clerkTokenAt(registry));
        assertEquals("revoked", second.string("state"), second::text);
        assertFalse(second.json().containsKey("second_person"));

        Map<String, Object> today = Desk.list(titles.get("days?days=3"), "days").getLast();
        assertEquals(1L, today.get("issued"));
        assertEquals(1L, today.get("revoked"));
        assertEquals(400, titles.get("days?days=1000").status());
    }

    private Http.Answer begin(byte[] file, String more) {
        return Http.send(
                "POST",
                city.base() + "/api/" + school + "/bulk?type=" + TYPE + more,
                file,
                "Content-Type",
                "text/csv",
                "Authorization",
                "Bearer " + city.clerkToken());
    }

    private Http.Answer ended(Http.Answer begun) throws InterruptedException {
        assertEquals(202, begun.status(), begun::text);
        Http.Answer state = desk.get("bulk/" + begun.string("id"));
        for (int i = 0; i < 600 && state.string("state").equals("checking"); i++) {
            Thread.sleep(50);
            state = desk.get("bulk/" + begun.string("id"));
        }
        return state;
    }

    private String sheet(int rows) {
        Map<String, Object> sample = desk.sample(TYPE);
        StringJoiner sheet = new StringJoiner("\r\n", "", "\r\n");
        sheet.add(String.join(",", sample.keySet()));
        for (int i = 0; i < rows; i++) {
            StringJoiner row = new StringJoiner(",");
            sample.values().forEach(value -> row.add("\"" + value + "\""));
            sheet.add(row.toString());
        }
        return sheet.toString();
    }

    private long offersMade() {
        return city.pool()
                .query("select count(*) as n from offer")
                .execute()
                .await()
                .iterator()
                .next()
                .getLong("n");
    }
}
