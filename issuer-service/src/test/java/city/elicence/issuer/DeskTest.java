package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The clerk's desk")
class DeskTest {
    private static final String TYPE = "driving-licence";

    @TempDir
    static Path types;

    private final TestCity city = new TestCity(limits -> limits, types, pool -> pool);
    private final Desk desk = new Desk(city, city.police);

    @AfterEach
    void close() {
        city.close();
    }

    private String issued(Map<String, Object> claims) {
        Map<String, Object> request = Map.of("licences", List.of(Map.of("type", TYPE, "claims", claims)));
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        Http.Answer offer = desk.post("offers", request);
        assertEquals(201, offer.status(), offer::text);
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()));
        return Desk.ordered(offer).getFirst();
    }

    @Test
    @DisplayName("Nobody without a token, and no verifier with one, is let in")
    void roles() {
        String uri = city.base() + "/api/" + city.police + "/licences";
        assertEquals(401, Http.get(uri).status());
        String verifier = city.staffToken(StaffRole.VERIFIER);
        assertEquals(403, Http.get(uri, "Authorization", "Bearer " + verifier).status());
        String auditor = city.staffToken(StaffRole.AUDITOR);
        assertEquals(200, Http.get(uri, "Authorization", "Bearer " + auditor).status());
        String offers = city.base() + "/api/" + city.police + "/offers";
        assertEquals(
                403,
                Http.postJson(offers, Map.of(), "Authorization", "Bearer " + auditor)
                        .status());
    }

    @Test
    @DisplayName("A clerk of one authority reads, issues and revokes nothing at another")
    void otherOffice() {
        String licence = issued(desk.sample(TYPE));
        String other = "Bearer " + city.clerkTokenAt("market-regulator");
        String own = "Bearer " + city.clerkTokenAt(city.police);
        String api = city.base() + "/api/" + city.police;
        assertEquals(403, Http.get(api + "/licences", "Authorization", other).status());
        assertEquals(
                403,
                Http.postJson(api + "/offers", Map.of(), "Authorization", other).status());
        String revoke = api + "/licences/" + licence + "/revoke";
        assertEquals(
                403,
                Http.postJson(revoke, Map.of("reason", "x"), "Authorization", other)
                        .status());
        assertEquals("valid", desk.get("licences/" + licence).string("state"));
        assertEquals(
                200,
                Http.postJson(revoke, Map.of("reason", "x"), "Authorization", own)
                        .status());
        Http.Answer offices = Http.get(city.base() + "/api/tenants", "Authorization", own);
        assertEquals(1, Desk.list(offices, "tenants").size());
    }

    @Test
    @DisplayName("Wrong claims are refused field by field, in both languages, without their values")
    void fields() {
        Map<String, Object> claims = new LinkedHashMap<>(desk.sample(TYPE));
        claims.put("name", 7L);
        Http.Answer answer = desk.post("offers", Map.of("licences", List.of(Map.of("type", TYPE, "claims", claims))));
        assertEquals(422, answer.status());
        assertEquals("invalid_claims", answer.error());
        Map<String, Object> field = Desk.list(answer, "fields").getFirst();
        assertEquals("name", field.get("path"));
        assertFalse(RawWallet.text(field, "zh").isBlank());
        assertFalse(RawWallet.text(field, "en").isBlank());
    }

    @Test
    @DisplayName("A type that the authority does not issue, or is not accredited for, is refused")
    void otherTypes() throws Exception {
        Http.Answer other = desk.post(
                "offers", Map.of("licences", List.of(Map.of("type", "business-licence", "claims", Map.of()))));
        assertEquals("invalid_request", other.error());
        city.accredit(city.police, "vehicle-licence");
        for (int i = 0; i < 300 && desk.offer(TYPE).status() == 201; i++) {
            Thread.sleep(100);
        }
        assertEquals("not_accredited", desk.offer(TYPE).error());
    }

    @Test
    @DisplayName("Where two things are said of an authority, it issues what both let it issue")
    void twoWords() {
        String office = city.enrol("traffic-police");
        city.accredit(office, TYPE, "vehicle-licence");
        Accreditation before = city.accreditation(office, TYPE);
        city.besides.put(before.did().value(), before);
        assertEquals(new Tenant.Accredited.For(Set.of(TYPE)), city.accreditedNow(office));
        city.besides.put(before.did().value(), before.frozen(city.clock.instant()));
        assertEquals(new Tenant.Accredited.For(Set.of()), city.accreditedNow(office));
    }

    @Test
    @DisplayName("Licences are found by a whole name or number, and by nothing else in the database")
    void search() {
        Map<String, Object> sample = desk.sample(TYPE);
        String licence = issued(sample);
        String name = RawWallet.text(sample, "name");
        assertEquals(
                licence, desk.licences("?q=" + Http.encoded(name)).getFirst().get("id"));
        assertEquals(
                0, desk.licences("?q=" + Http.encoded(name.substring(0, 1))).size());
        assertEquals(1, desk.licences("?state=valid&type=" + TYPE).size());
        assertEquals(0, desk.licences("?state=revoked").size());
        assertEquals(400, desk.get("licences?state=odd").status());
    }

    @Test
    @DisplayName("No claim value stands in the database in the clear")
    void sealed() {
        Map<String, Object> sample = desk.sample(TYPE);
        issued(sample);
        StringBuilder everything = new StringBuilder();
        for (String table : List.of("offer", "offered_licence", "licence", "issuance", "copy", "audit", "outbox")) {
            for (Row row : city.pool()
                    .query("select t::text as line from " + table + " t")
                    .execute()
                    .await()) {
                everything.append(row.getString("line")).append('\n');
            }
        }
        for (Map.Entry<String, Object> claim : sample.entrySet()) {
            // Its last day stands beside each copy, to forget it by; it is nobody's in particular.
            boolean lastDay = claim.getKey().equals("valid_until");
            if (claim.getValue() instanceof String text && text.length() > 3 && !lastDay) {
                String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
                assertFalse(
                        everything.indexOf(text) >= 0 || everything.indexOf(hex) >= 0, "readable: " + claim.getKey());
            }
        }
    }

    @Test
    @DisplayName("A type dropped into the folder is offered, described and issued by the running service, with no code")
    void newType() throws Exception {
        Map<String, Object> definition = new LinkedHashMap<>(definition("vehicle-licence"));
        definition.put("id", "test-permit");
        Files.writeString(types.resolve("test-permit.json"), Json.write(definition));
        for (int i = 0; i < 300 && desk.types().stream().noneMatch(t -> "test-permit".equals(t.get("id"))); i++) {
            Thread.sleep(100);
        }
        assertEquals(200, Http.get(city.base() + "/types/test-permit").status());
        RawWallet wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        wallet.tokenFor(desk.offered("test-permit"));
        assertEquals(
                1,
                RawWallet.credentials(wallet.credential("test-permit", SoftwareKey.generate()))
                        .size());
    }

    private static Map<String, Object> definition(String type) {
        return Catalogue.builtIn().type(type).orElseThrow().definition();
    }

    @Test
    @DisplayName("An offer's QR code is a PNG whose pixels say the offer's link")
    void qr() throws Exception {
        Http.Answer offer = desk.offer(TYPE);
        Http.Answer png = Http.get(offer.string("qr"), "Authorization", "Bearer " + city.clerkToken());
        assertEquals("image/png", png.header("Content-Type").orElseThrow());
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.bytes()));
        int side = picture.getWidth();
        byte[] luma = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                luma[y * side + x] = (byte) picture.getRGB(x, y);
            }
        }
        assertEquals(
                offer.string("link"), Qr.decode(side, side, luma).getFirst().text());
        assertTrue(png.header("Cache-Control").orElseThrow().contains("no-store"));
    }
}
