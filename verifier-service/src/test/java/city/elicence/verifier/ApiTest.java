package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.staff.StaffRole;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApiTest {
    private final TestCity city = TestCity.city();

    private TestApi backEnd(String tenant) {
        TestApi.Answer made = city.api(city.staff(StaffRole.ADMIN))
                .post("/api/tenants/" + tenant + "/back-ends", Map.of("label", "core banking"));
        assertEquals(201, made.status(), made.body());
        return city.api(made.string("secret"));
    }

    private TestApi.Answer answer(TestApi.Answer made) {
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        return RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"));
    }

    @Test
    @DisplayName(
            "A bank's back end: create twice with one Idempotency-Key, poll, delete; another bank sees nothing of it")
    void backEndsLife() {
        TestApi bank = backEnd("bank");
        Map<String, String> key = Map.of("Idempotency-Key", "order-1");
        TestApi.Answer made = bank.post("/api/checks", Map.of("check", "may-drive-car"), key);
        assertEquals(201, made.status(), made.body());
        TestApi.Answer again = bank.post("/api/checks", Map.of("check", "may-drive-car"), key);
        assertEquals(200, again.status(), again.body());
        assertEquals(made.string("id"), again.string("id"));
        assertEquals(
                409,
                bank.post("/api/checks", Map.of("check", "age-over-18"), key).status());
        String path = "/api/checks/" + made.string("id");

        TestApi insurer = backEnd("insurer");
        assertEquals(404, insurer.get(path).status());
        assertEquals(404, insurer.delete(path).status());
        Map<String, Object> asBank = Map.of("tenant", "bank", "check", "may-drive-car");
        assertEquals(404, insurer.post("/api/checks", asBank).status());
        assertFalse(insurer.get("/api/checks").body().contains(made.string("id")));
        assertFalse(insurer.get("/api/audit?limit=1000").body().contains("\"tenant\":\"bank\""));

        assertEquals(200, answer(made).status());
        assertEquals("accepted", bank.get(path + "?wait=5").string("status"));
        assertEquals(204, bank.delete(path).status());
        assertEquals(404, bank.get(path).status());
        String trail = bank.get("/api/audit?limit=1000").body();
        for (String event : Set.of("asked", "presented", "decided", "claims_read", "deleted")) {
            assertTrue(trail.contains("\"event\":\"" + event + "\""), event + " in " + trail);
        }
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §14.2: a same-device result waits until its own browser brings the response code back")
    void sameDevice() {
        Map<String, Object> body = TestCity.check("bank", "may-drive-car");
        body.put("flow", "same_device");
        TestApi.Answer mine = city.api().post("/api/checks", body);
        TestApi.Answer other = city.api().post("/api/checks", body);
        String back = answer(mine).string("redirect_uri");
        String path = "/api/checks/" + mine.string("id");
        assertEquals("returning", city.api().get(path).string("status"));
        assertFalse(city.api().get(path).body().contains("claims"));

        assertEquals(403, TestApi.getAnonymously(back, Map.of()).status());
        assertEquals(
                403,
                TestApi.getAnonymously(back, Map.of("Cookie", cookie(other))).status());
        String guessed = back.substring(0, back.indexOf('=')) + "=guess";
        assertEquals(
                403,
                TestApi.getAnonymously(guessed, Map.of("Cookie", cookie(mine))).status());
        assertEquals("returning", city.api().get(path).string("status"));

        assertEquals(
                303,
                TestApi.getAnonymously(back, Map.of("Cookie", cookie(mine))).status());
        assertEquals("accepted", city.api().get(path).string("status"));
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §8.2, §14.2: a same-device answer that is refused brings no browser back: that is told, and"
                    + " nothing of what was shown")
    void sameDeviceRefused() {
        Map<String, Object> body = TestCity.check("bank", "may-drive-car");
        body.put("flow", "same_device");
        TestApi.Answer made = city.api().post("/api/checks", body);
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        RawWallet.Request other =
                RawWallet.follow(city.api().post("/api/checks", body).string("link"));
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        TestApi.Answer told =
                RawWallet.respond(request, "driving_licence", RawWallet.present(held, other, "may_drive_car"));
        assertEquals(400, told.status(), told.body());
        TestApi.Answer result = city.api().get("/api/checks/" + made.string("id") + "?wait=5");
        assertEquals("refused", result.string("status"));
        assertFalse(result.string("decided_at").isEmpty(), "for the record that is signed of it");
        assertFalse(result.body().contains("report") || result.body().contains("wrong-nonce"), result.body());
    }

    @Test
    @DisplayName("A receipt or a question to a dossier without any content is malformed, and no fault of ours")
    void noContent() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        URI base = URI.create(made.string("request_uri")).resolve("/");
        for (String path : List.of("receipts/bank", "api/bank/dossier-queries")) {
            TestApi.Answer told = TestApi.send(HttpRequest.newBuilder(base.resolve(path))
                    .header("Authorization", "Bearer " + city.staff(StaffRole.VERIFIER))
                    .POST(HttpRequest.BodyPublishers.noBody()));
            assertEquals(400, told.status(), told.body());
        }
    }

    private static String cookie(TestApi.Answer made) {
        String set = made.header("Set-Cookie");
        assertTrue(set.toLowerCase(java.util.Locale.ROOT).contains("httponly") && set.contains("SameSite=Lax"), set);
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    @DisplayName("A back end with a page of its own hands the response code in; another check's code is refused")
    void returnTo() {
        TestApi bank = backEnd("bank");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("check", "may-drive-car");
        body.put("flow", "same_device");
        body.put("return_to", "https://bank.example/after?order=7");
        TestApi.Answer made = bank.post("/api/checks", body);
        TestApi.Answer other = bank.post("/api/checks", body);
        String back = answer(made).string("redirect_uri");
        assertTrue(back.startsWith("https://bank.example/after?order=7&response_code="), back);
        String otherCode = code(answer(other).string("redirect_uri"));
        String path = "/api/checks/" + made.string("id");
        assertEquals(
                403,
                bank.post(path + "/return", Map.of("response_code", otherCode)).status());
        assertEquals("returning", bank.get(path).string("status"));
        assertEquals(
                "accepted",
                bank.post(path + "/return", Map.of("response_code", code(back))).string("status"));
    }

    private static String code(String address) {
        return String.valueOf(RawWallet.query(address).get("response_code"));
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §8.5: a wallet's error is taken in the clear or encrypted, once, and told to the relying party")
    void walletDeclines() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        Map<String, String> form = Map.of("error", "access_denied", "state", request.text("state"));
        TestApi.Answer answer = TestApi.postForm(request.text("response_uri"), form);
        assertEquals(200, answer.status(), answer.body());
        TestApi.Answer result = city.api().get("/api/checks/" + made.string("id"));
        assertEquals("declined", result.string("status"));
        assertEquals("access_denied", result.string("code"));
        assertEquals(400, TestApi.postForm(request.text("response_uri"), form).status());

        TestApi.Answer second = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request encrypted = RawWallet.follow(second.string("link"));
        Map<String, Object> payload = Map.of("error", "vp_formats_not_supported", "state", encrypted.text("state"));
        assertEquals(
                200,
                RawWallet.post(encrypted, RawWallet.encrypt(encrypted, payload, "A128GCM"))
                        .status());
    }

    @Test
    @DisplayName("Server-sent events tell each change of status, and end with the verdict")
    void events() throws IOException, InterruptedException {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        StringBuilder heard = new StringBuilder();
        try (Stream<String> events = city.api().lines("/api/checks/" + made.string("id") + "/events")) {
            boolean answered = false;
            for (Iterator<String> lines = events.iterator(); lines.hasNext(); ) {
                heard.append(lines.next()).append('\n');
                if (!answered && heard.indexOf("\"status\":\"waiting\"") >= 0) {
                    answered = true;
                    assertEquals(200, answer(made).status());
                }
            }
        }
        assertTrue(
                heard.indexOf("\"status\":\"accepted\"") > heard.indexOf("\"status\":\"waiting\""), heard.toString());
        assertTrue(heard.indexOf("\"status\":\"waiting\"") >= 0, heard.toString());
    }

    @Test
    @DisplayName("An expired request is neither fetched nor answered")
    void expired() {
        Map<String, Object> body = TestCity.check("bank", "may-drive-car");
        body.put("expires_in", 600L);
        TestApi.Answer made = city.api().post("/api/checks", body);
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        city.pool
                .preparedQuery(
                        "update check_request set expires_at = expires_at - interval '600 seconds' where id = $1")
                .execute(Tuple.of(made.string("id")))
                .await();
        assertEquals(
                "expired", city.api().get("/api/checks/" + made.string("id")).string("status"));
        assertEquals(
                400,
                TestApi.getAnonymously(made.string("request_uri"), Map.of()).status());
        TestApi.Answer late = RawWallet.post(request, "x");
        assertEquals(400, late.status());
        assertTrue(late.string("error_description").contains("expired"));
    }

    @Test
    @DisplayName(
            "Nobody without a token, nor with another role, uses the API; a withdrawn or made-up secret opens nothing")
    void signIn() {
        assertEquals(401, city.api("").get("/api/checks").status());
        assertEquals(401, city.api("elvb_made-up").get("/api/checks").status());
        TestApi clerk = city.api(city.staff(StaffRole.CLERK));
        assertEquals(
                403,
                clerk.post("/api/checks", TestCity.check("bank", "may-drive-car"))
                        .status());
        TestApi auditor = city.api(city.staff(StaffRole.AUDITOR));
        assertEquals(200, auditor.get("/api/audit").status());
        assertEquals(
                403,
                auditor.post("/api/checks", TestCity.check("bank", "may-drive-car"))
                        .status());
        assertEquals(
                403,
                city.api()
                        .post("/api/tenants/bank/back-ends", Map.of("label", "x"))
                        .status());
    }

    @Test
    @DisplayName("Staff of one relying party ask in its name alone and see its checks alone")
    void otherOffice() {
        TestApi insurers = city.api(city.staffAt("insurer", StaffRole.VERIFIER));
        TestApi.Answer bankCheck = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        assertEquals(201, bankCheck.status());
        String check = "/api/checks/" + bankCheck.string("id");
        assertEquals(404, insurers.get(check).status());
        assertEquals(
                404,
                insurers.post("/api/checks", TestCity.check("bank", "may-drive-car"))
                        .status());
        assertEquals(200, city.api().get(check).status());
        TestApi admins = city.api(city.staffAt("insurer", StaffRole.ADMIN));
        assertEquals(
                403,
                admins.post("/api/tenants/bank/back-ends", Map.of("label", "x")).status());
    }

    @Test
    @DisplayName("The audit trail cannot be changed or emptied, not even by the service's own database user")
    void auditIsAppendOnly() {
        city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        for (String attempt : Set.of("update audit set actor = 'x'", "delete from audit", "truncate audit")) {
            assertThrows(
                    Exception.class, () -> city.pool.query(attempt).execute().await(), attempt);
        }
    }

    @Test
    @DisplayName("Malformed responses get invalid_request in JSON, whatever they are made of")
    void malformedResponses() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        for (Map<String, String> form : Set.<Map<String, String>>of(
                Map.of(),
                Map.of("response", ""),
                Map.of("response", "a.b.c.d.e"),
                Map.of("response", "x".repeat(300_000)))) {
            TestApi.Answer answer = TestApi.postForm(request.text("response_uri"), form);
            assertEquals(400, answer.status(), answer.body());
            assertEquals("invalid_request", answer.string("error"));
        }
        TestApi.Answer json = TestApi.send(HttpRequest.newBuilder(URI.create(request.text("response_uri")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertEquals(400, json.status());
        for (Object token : new Object[] {Map.of(), "text", Map.of("driving_licence", "no list")}) {
            Map<String, Object> payload = Map.of("vp_token", token, "state", request.text("state"));
            TestApi.Answer answer = RawWallet.post(request, RawWallet.encrypt(request, payload, "A128GCM"));
            assertEquals(400, answer.status(), answer.body());
            assertFalse(answer.json().containsKey("code"));
        }
        assertEquals(
                "waiting", city.api().get("/api/checks/" + made.string("id")).string("status"));
    }
}
