package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
    @DisplayName(
            "A line that is offered again leaves the lines it was offered with where they are, and is for the new wallet alone")
    void lineAgain() throws Exception {
        Http.Answer begun = begin(sheet(3).getBytes(StandardCharsets.UTF_8), "&together=20&tx_code=false");
        String first = RawWallet.text(Desk.list(ended(begun), "offers").getFirst(), "link");
        assertEquals(List.of(false, false, false), taken(begun));
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(school));
        List<String> ids = identifiers(wallet.tokenFor(RawWallet.offer(first)));
        assertEquals(List.of(true, true, true), taken(begun));
        RawWallet.credentials(by(wallet, ids.get(0)));

        Http.Answer again = desk.post("licences/" + ids.get(2) + "/offers", Map.of());
        assertEquals(201, again.status(), again::text);
        assertEquals(List.of(true, true, false), taken(begun));
        List<Map<String, Object>> lines = Desk.list(ended(begun), "offers");
        assertEquals(first, lines.get(1).get("link"));
        assertEquals(again.string("link"), lines.get(2).get("link"));
        assertEquals("unknown_credential_identifier", by(wallet, ids.get(2)).error());
        RawWallet.credentials(by(wallet, ids.get(1)));

        RawWallet other = new RawWallet(city.clock).discover(city.issuer(school));
        assertEquals(200, other.tokenFor(RawWallet.offer(again.string("link"))).status());
        RawWallet.credentials(other.credential(TYPE, SoftwareKey.generate()));
        assertEquals(List.of(true, true, true), taken(begun));
        assertEquals(
                409, desk.post("licences/" + ids.get(2) + "/offers", Map.of()).status());
    }

    @Test
    @DisplayName(
            "An offer whose only licence is offered again is over; who waits for a licence that is offered again gets it no more")
    void waitingAgain() {
        Http.Answer alone = desk.offer(TYPE);
        String licence = Desk.ordered(alone).getFirst();
        assertEquals(201, desk.post("licences/" + licence + "/offers", Map.of()).status());
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(school));
        assertEquals("not_found", Http.get(reference(alone)).error());
        assertEquals(
                "invalid_grant",
                wallet.tokenFor(RawWallet.offer(alone.string("link_by_value"))).error());

        Http.Answer waits = desk.offer(Map.of("ready_in_seconds", 60L), TYPE, TYPE);
        List<String> ids = identifiers(wallet.tokenFor(RawWallet.offer(waits.string("link"))));
        List<Map<String, String>> transactions = new ArrayList<>();
        for (String id : ids) {
            transactions.add(Map.of("transaction_id", by(wallet, id).string("transaction_id")));
        }
        assertEquals(
                201,
                desk.post("licences/" + ids.getFirst() + "/offers", Map.of()).status());
        city.clock.move(Duration.ofMinutes(2));
        String deferred = wallet.endpoint("deferred_credential_endpoint");
        assertEquals(
                "invalid_transaction_id",
                wallet.call(deferred, transactions.getFirst()).error());
        RawWallet.credentials(wallet.call(deferred, transactions.getLast()));
    }

    private static String reference(Http.Answer offer) {
        String link = offer.string("link");
        return URLDecoder.decode(link.substring(link.indexOf('=') + 1), StandardCharsets.UTF_8);
    }

    private static List<String> identifiers(Http.Answer token) {
        Object identifiers =
                Desk.list(token, "authorization_details").getFirst().get("credential_identifiers");
        List<String> ids = new ArrayList<>();
        for (Object id : assertInstanceOf(List.class, identifiers, token::text)) {
            ids.add(String.valueOf(id));
        }
        return ids;
    }

    private static Http.Answer by(RawWallet wallet, String identifier) {
        Map<String, Object> request = wallet.request(TYPE, wallet.nonce(), SoftwareKey.generate());
        request.remove("credential_configuration_id");
        request.put("credential_identifier", identifier);
        return wallet.credential(request);
    }

    private List<Object> taken(Http.Answer begun) throws InterruptedException {
        List<Object> taken = new ArrayList<>();
        Desk.list(ended(begun), "offers").forEach(line -> taken.add(line.get("taken")));
        return taken;
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

        List<Map<String, Object>> days = Desk.list(titles.get("days?days=3"), "days");
        // Midnight may have come in between.
        for (String act : List.of("issued", "revoked")) {
            assertEquals(
                    1L,
                    days.stream()
                            .mapToLong(day -> (Long) day.getOrDefault(act, 0L))
                            .sum(),
                    act);
        }
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
