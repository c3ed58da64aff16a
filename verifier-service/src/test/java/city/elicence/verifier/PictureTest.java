package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleProof;
import city.elicence.verifier.picture.Picture;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    private static Picture.Receivable receivable(String key, String buyer, long amount, String due) {
        byte[] digest = new byte[32];
        digest[0] = (byte) key.hashCode();
        return new Picture.Receivable(
                "did:indy:test:buyer", key, buyer, amount, LocalDate.parse(due), Base64Url.encode(digest));
    }

    private static Map<String, Object> picture(Picture.Receivable... receivables) throws Exception {
        Picture picture = new Picture(TODAY);
        for (Picture.Receivable each : receivables) {
            picture.add(each);
        }
        return picture.toJson(() -> new byte[16]);
    }

    private static boolean proven(Map<String, Object> picture, Map<String, Object> input) throws Exception {
        Fields each = Fields.of(input);
        List<MerkleHash> proof = new ArrayList<>();
        for (String hash : each.strings("proof")) {
            proof.add(MerkleHash.fromBase64Url(hash));
        }
        return MerkleProof.isIncluded(
                Picture.entry(Base64Url.decode(each.string("salt")), each.string("digest"))
                        .leafHash(),
                each.longValue("index"),
                Fields.of(picture).longValue("count"),
                proof,
                MerkleHash.fromBase64Url(Fields.of(picture).string("root")));
    }

    private final Picture.Receivable first = receivable("A", "机场", 600, "2026-11-23");
    private final Picture.Receivable second = receivable("B", "机场", 300, "2026-11-24");
    private final Picture.Receivable third = receivable("C", "地铁", 100, "2026-12-31");

    @Test
    @DisplayName("Number, sum, overdue share and largest counterparty; each input is proven under the one root")
    void figures() throws Exception {
        Map<String, Object> picture = picture(first, second, third);
        assertEquals(3L, picture.get("count"));
        assertEquals(1000L, picture.get("total"));
        assertEquals(600L, picture.get("overdue_total"));
        assertEquals(60L, picture.get("overdue_percent"));
        assertEquals(400L, picture.get("outstanding_total"));
        assertEquals(90L, picture.get("largest_percent"));
        for (Map<String, Object> input : Fields.of(picture).objects("inputs")) {
            assertTrue(proven(picture, input));
        }
        assertEquals(0L, picture().get("total"));
    }

    @Test
    @DisplayName(
            "Shown twice, counted once; shown with another content, refused; dropped or altered, the root is another")
    void tampered() throws Exception {
        Map<String, Object> honest = picture(first, second, third);
        Map<String, Object> twice = picture(first, second, first, third);
        assertEquals(honest.get("root"), twice.get("root"));
        assertEquals(1L, twice.get("duplicates"));
        assertEquals(1000L, twice.get("total"));
        assertThrows(
                Picture.ContradictionException.class, () -> picture(first, receivable("A", "机场", 601, "2026-11-23")));
        assertNotEquals(honest.get("root"), picture(first, second).get("root"));
        Map<String, Object> altered = Fields.of(honest).objects("inputs").get(0);
        altered = new java.util.LinkedHashMap<>(altered);
        altered.put("digest", Base64Url.encode(new byte[32]));
        assertFalse(proven(honest, altered));
    }

    @Test
    @DisplayName(
            "Over HTTP: confirmations of several checks; another party's checks are not seen; what is only declared is unconfirmed")
    void overHttp() {
        TestCity city = TestCity.city();
        List<String> checks = new ArrayList<>();
        for (long amount : new long[] {700, 300}) {
            checks.add(UsedLicence.due(city, amount)
                    .showTo("bank", "amount", "confirmation_number", "buyer_name", "due_on")
                    .checkId());
        }
        Map<String, Object> body = new java.util.LinkedHashMap<>(Map.of(
                "tenant",
                "bank",
                "checks",
                checks,
                "type",
                TestCity.CONFIRMATION,
                "key",
                "confirmation_number",
                "counterparty",
                "buyer_name",
                "amount",
                "amount",
                "due",
                "due_on"));
        body.put("declared", List.of("QR-700", "QR-unheard-of"));
        TestApi.Answer picture = city.api().post("/api/pictures", body);
        assertEquals(200, picture.status(), picture.body());
        assertEquals(1000L, picture.json().get("total"));
        assertEquals(
                List.of(
                        Map.of("key", "QR-700", "state", "confirmed"),
                        Map.of("key", "QR-unheard-of", "state", "unconfirmed")),
                picture.json().get("declared"));
        body.put("tenant", "insurer");
        assertEquals(404, city.api().post("/api/pictures", body).status());
    }
}
