package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.verifier.TestIssuer.HeldDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OpenID4VP 1.0 annex B.2: mobile documents, asked for and judged. */
class MdocTest {
    private static final Set<String> ASKED = Set.of("may_drive_car", "age_over_18", "issuing_country");
    private final TestCity city = TestCity.city();

    private record Asked(String id, RawWallet.Request request) {}

    private Asked ask(Map<String, Object> more) {
        Map<String, Object> body = TestCity.check("bank", "mobile-driving-licence");
        body.putAll(more);
        TestApi.Answer made = city.api().post("/api/checks", body);
        assertEquals(201, made.status(), made.body());
        return new Asked(made.string("id"), RawWallet.follow(made.string("link")));
    }

    private Asked ask() {
        return ask(Map.of());
    }

    private static HeldDocument licence(TestIssuer issuer) {
        return issuer.issueDocument(Instant.now().plus(Duration.ofDays(100)));
    }

    private static byte[] thumbprint(Map<String, Object> jwk) {
        try {
            return Base64Url.decode(EcPublicKey.fromJwk(jwk).thumbprint());
        } catch (JoseException | JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static SessionTranscript session(RawWallet.Request request) {
        return SessionTranscript.ofRedirect(
                request.text("client_id"),
                request.text("nonce"),
                thumbprint(request.encryptionJwk()),
                request.text("response_uri"));
    }

    private static String show(HeldDocument held, SessionTranscript session, SoftwareKey phone) {
        return DeviceResponse.of(MobileDocument.show(
                        held.document().disclosing((space, element) -> ASKED.contains(element)), session, phone))
                .toText();
    }

    private void assertRefused(String code, Asked asked, String presentation) {
        TestApi.Answer answer = RawWallet.respond(asked.request(), "mdl", presentation);
        assertEquals(400, answer.status(), answer.body());
        assertEquals(code, answer.string("code"), answer.body());
        assertEquals("refused", city.api().get("/api/checks/" + asked.id()).string("status"));
    }

    @Test
    @DisplayName(
            "Annex B.2: a mobile driving licence is asked for by DCQL, shown encrypted, and accepted with what was asked")
    void accepted() throws Exception {
        Asked asked = ask();
        Map<String, Object> formats =
                asked.request().clientMetadata().fields("vp_formats_supported").object("mso_mdoc");
        assertEquals(List.of(-7L, -9L), formats.get("issuerauth_alg_values"));
        assertEquals(List.of(-7L, -9L), formats.get("deviceauth_alg_values"));
        HeldDocument held = licence(city.police);
        TestApi.Answer answer =
                RawWallet.respond(asked.request(), "mdl", show(held, session(asked.request()), held.holder()));
        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.string("redirect_uri").contains("response_code="));
        TestApi.Answer result = city.api().get("/api/checks/" + asked.id());
        assertEquals("accepted", result.string("status"), result.body());
        assertEquals(
                Map.of(
                        "mdl",
                        List.of(Map.of(
                                "org.iso.18013.5.1",
                                Map.of("age_over_18", true, "issuing_country", "CN"),
                                "city.elicence.driving.1",
                                Map.of("may_drive_car", true)))),
                result.json().get("claims"));
        assertFalse(result.body().contains("LIN"));
    }

    @Test
    @DisplayName("Annex B.2.6.1: direct_post without encryption has null in the place of the key's thumbprint")
    void unencrypted() {
        Asked asked = ask(Map.of("response_mode", "direct_post"));
        HeldDocument held = licence(city.police);
        SessionTranscript session = SessionTranscript.ofRedirect(
                asked.request().text("client_id"),
                asked.request().text("nonce"),
                null,
                asked.request().text("response_uri"));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("vp_token", Json.write(Map.of("mdl", List.of(show(held, session, held.holder())))));
        form.put("state", asked.request().text("state"));
        TestApi.Answer answer = TestApi.postForm(asked.request().text("response_uri"), form);
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    @DisplayName("What was shown for one request is no answer to another: other nonce, address and key")
    void otherRequest() {
        HeldDocument held = licence(city.police);
        Asked first = ask();
        Asked second = ask();
        assertRefused("device-not-authenticated", second, show(held, session(first.request()), held.holder()));
    }

    @Test
    @DisplayName("Another phone, another issuer, an ended validity: each is refused by its name")
    void swapped() {
        Asked asked = ask();
        HeldDocument held = licence(city.police);
        assertRefused("device-not-authenticated", asked, show(held, session(asked.request()), SoftwareKey.generate()));
        asked = ask();
        HeldDocument forged = licence(city.impostor);
        assertRefused("issuer-unknown", asked, show(forged, session(asked.request()), forged.holder()));
        asked = ask();
        HeldDocument ended = city.police.issueDocument(Instant.now().minusSeconds(300));
        assertRefused("expired", asked, show(ended, session(asked.request()), ended.holder()));
    }

    @Test
    @DisplayName("Revoked in the status list, then shown: refused; the list is that of every format")
    void revoked() throws InterruptedException {
        HeldDocument held = licence(city.police);
        city.police.set(held.statusIndex(), 1);
        city.police.publish(Instant.now().plusMillis(1000));
        Thread.sleep(1100);
        Asked asked = ask();
        assertRefused("revoked", asked, show(held, session(asked.request()), held.holder()));
    }

    @Test
    @DisplayName("An element that the query did not get, or without the value asked for, does not satisfy it")
    void incomplete() {
        Asked asked = ask();
        HeldDocument held = licence(city.police);
        String little = DeviceResponse.of(MobileDocument.show(
                        held.document().disclosing((space, element) -> element.equals("issuing_country")),
                        session(asked.request()),
                        held.holder()))
                .toText();
        assertRefused("query-not-satisfied", asked, little);
    }

    @Test
    @DisplayName("A bank may not ask for the portrait: refused before anything is asked")
    void overAsking() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("tenant", "bank");
        body.put("purpose", "curiosity");
        body.put(
                "dcql",
                Map.of(
                        "credentials",
                        List.of(Map.of(
                                "id",
                                "mdl",
                                "format",
                                "mso_mdoc",
                                "meta",
                                Map.of("doctype_value", TestIssuer.MDL),
                                "claims",
                                List.of(Map.of("path", List.of("org.iso.18013.5.1", "portrait")))))));
        TestApi.Answer made = city.api().post("/api/checks", body);
        assertEquals(403, made.status(), made.body());
    }

    @Test
    @DisplayName(
            "A test certificate, pinned at run time as a document signer, is accepted, and named as not accredited")
    void pinned() {
        HeldDocument held =
                city.impostor.issueDocumentWithoutStatus(Instant.now().plus(Duration.ofDays(1)));
        Asked asked = ask();
        assertRefused("issuer-unknown", asked, show(held, session(asked.request()), held.holder()));
        TestApi admin = city.api(city.staff(StaffRole.ADMIN));
        Map<String, Object> pin = new LinkedHashMap<>();
        pin.put(
                "certificate",
                CertificateChain.base64(city.impostor.party().documentChain().leaf()));
        pin.put("doctype", TestIssuer.MDL);
        pin.put("label", "a trial");
        pin.put("claims", List.of(List.of("org.iso.18013.5.1", "age_over_18")));
        TestApi.Answer pinned = admin.post("/api/dangerously-pinned-test-certificates", pin);
        assertEquals(201, pinned.status(), pinned.body());
        try {
            Asked again = ask();
            TestApi.Answer answer =
                    RawWallet.respond(again.request(), "mdl", show(held, session(again.request()), held.holder()));
            assertEquals(200, answer.status(), answer.body());
            String result = city.api().get("/api/checks/" + again.id()).body();
            assertTrue(result.contains("NOT accredited"), result);
        } finally {
            admin.delete("/api/dangerously-pinned-test-certificates/" + pinned.string("sha256"));
        }
        Asked after = ask();
        assertRefused("issuer-unknown", after, show(held, session(after.request()), held.holder()));
    }
}
