package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OfflineTest {
    private final TestCity city = TestCity.city();
    private final TestIssuer.Held licence =
            city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true, "points", 3L));

    private TestApi.Answer scan(String presentation) throws Exception {
        return scan("bank", OfflineCode.frames(presentation));
    }

    private TestApi.Answer scan(String tenant, List<byte[]> frames) {
        List<String> encoded = new ArrayList<>();
        frames.forEach(frame -> encoded.add(Base64.getEncoder().encodeToString(frame)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant", tenant);
        body.put("purpose", "counter");
        body.put("frames", encoded);
        return city.api().post("/api/offline", body);
    }

    private String shown(TestIssuer.Held held, Instant at, String... claims) {
        return RawWallet.present(held, "n".repeat(22), OfflineCode.AUDIENCE, at, Map.of(), claims);
    }

    /** The verifier has seen this issuer once. */
    private void meetTheIssuer() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        assertEquals(
                200,
                RawWallet.respond(request, "driving_licence", RawWallet.present(licence, request, "may_drive_car"))
                        .status());
    }

    @Test
    @DisplayName("A phone's code is accepted from what is known, without a fetch; the same code again is a replay")
    void acceptedOnce() throws Exception {
        meetTheIssuer();
        String presentation = shown(licence, Instant.now(), "may_drive_car");
        int fetches = city.statusHost.fetches(city.police.statusPath());
        TestApi.Answer first = scan(presentation);
        assertEquals(200, first.status(), first.body());
        assertEquals("accepted", first.string("outcome"), first.body());
        assertEquals(true, Fields.of(first.json()).object("claims").get("may_drive_car"));
        assertEquals("replayed", scan(presentation).string("code"));
        assertTrue(city.statusHost.fetches(city.police.statusPath()) - fetches <= 1, "only prefetching fetches");
    }

    @Test
    @DisplayName("A code of half a minute ago is refused")
    void tooOld() throws Exception {
        meetTheIssuer();
        TestApi.Answer answer = scan(shown(licence, Instant.now().minusSeconds(120), "may_drive_car"));
        assertEquals("key-binding-too-old", answer.string("code"), answer.body());
        assertEquals("red", answer.string("colour"));
    }

    @Test
    @DisplayName("A relying party sees offline, too, only what the ledger lets it ask")
    void seesOnlyWhatItMayAsk() throws Exception {
        meetTheIssuer();
        assertEquals(
                "asks-too-much",
                scan(shown(licence, Instant.now(), "may_drive_car", "points")).string("code"));
    }

    @Test
    @DisplayName(
            "Part of a code is no code: the scanner is told how many frames are missing; what is no code is refused")
    void incomplete() throws Exception {
        meetTheIssuer();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            name.append(java.util.UUID.randomUUID());
        }
        TestIssuer.Held large = city.police.issue(TestCity.LICENCE, Map.of("name", name.toString()));
        List<byte[]> frames = OfflineCode.frames(shown(large, Instant.now(), "name"));
        assertTrue(frames.size() > 1, "the test needs a code of several frames");
        TestApi.Answer part = scan("bank", frames.subList(0, 1));
        assertEquals(202, part.status(), part.body());
        byte[] bent = frames.get(0).clone();
        bent[bent.length - 1] ^= 1;
        List<byte[]> altered = new ArrayList<>(frames);
        altered.set(0, bent);
        TestApi.Answer answer = scan("bank", altered);
        assertEquals("refused", answer.string("outcome"), answer.body());
    }

    @Test
    @DisplayName("The audit trail has the scan, its purpose and the names of what was shown, and no value")
    void audited() throws Exception {
        meetTheIssuer();
        scan(shown(licence, Instant.now(), "may_drive_car"));
        String trail = city.api().get("/api/audit?tenant=bank&limit=1000").body();
        assertTrue(trail.contains("offline_decided"));
        assertTrue(trail.contains("driving-licence: may_drive_car"), trail);
        // As a value, that is: identifiers are random letters.
        assertFalse(trail.matches("(?s).*(?<![\\w-])true(?![\\w-]).*"));
    }

    @Test
    @DisplayName("A device's trust snapshot is signed by its relying party and knows parties, types and status lists")
    void snapshot() throws Exception {
        meetTheIssuer();
        TestApi.Answer answer = city.api().get("/api/trust-snapshot?tenant=bank");
        assertEquals(200, answer.status(), answer.body());
        TrustSnapshot snapshot = SnapshotJson.open(
                answer.string("snapshot"),
                EcPublicKey.fromJwk(Fields.of(answer.json()).object("signed_by")));
        assertTrue(snapshot.accreditation(city.bank.did()).isPresent());
        assertTrue(snapshot.type(TestIssuer.vct(TestCity.LICENCE)).isPresent());
        assertTrue(snapshot.type("org.iso.18013.5.1.mDL").isPresent(), "a type of its own for each format");
        assertTrue(snapshot.status(city.police.statusAddress()).isPresent());
        assertEquals(
                city.bank.key().publicKey(),
                EcPublicKey.fromJwk(Fields.of(answer.json()).object("signed_by")));
    }
}
