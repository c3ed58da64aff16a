package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.verifier.StrangersWallet.Reply;
import city.elicence.verifier.StrangersWallet.Request;
import city.elicence.verifier.secret.SealedColumn;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OpenID4VP 1.0 and HAIP 1.0 from outside: a wallet that was not made for this verifier. */
class StrangersWalletTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> ASKED = Set.of("may_drive_car");

    private final TestCity city = TestCity.city();
    private final StrangersWallet wallet = wallet(city);

    private static StrangersWallet wallet(TestCity city) {
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true, "name", "测试"));
        return new StrangersWallet(
                held.credential().serialize(),
                new ECKey.Builder(Curve.P_256, held.holder().publicKey().javaKey())
                        .privateKey(held.holder().javaKey())
                        .build());
    }

    private TestApi.Answer ask() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        assertEquals(201, made.status(), made.body());
        return made;
    }

    private String status(TestApi.Answer made) {
        return city.api().get("/api/checks/" + made.string("id")).string("status");
    }

    /** Turned away with an error that a program can read. */
    private static void turnedAway(int status, Reply reply) {
        assertEquals(status, reply.status(), reply.body());
        assertFalse(String.valueOf(reply.json().get("error")).isBlank(), reply.body());
        assertFalse(reply.json().containsKey("redirect_uri"), reply.body());
    }

    private static void taken(Reply reply) {
        assertEquals(200, reply.status(), reply.body());
        assertTrue(URI.create(String.valueOf(reply.json().get("redirect_uri"))).isAbsolute(), reply.body());
    }

    private String good(Request request, EncryptionMethod method) {
        return StrangersWallet.encrypted(request, StrangersWallet.answer(request, wallet.show(request, ASKED)), method);
    }

    @Test
    @DisplayName("§5.7, §8.3.1: request by GET, response by direct_post.jwt with A128GCM; a redirect_uri comes back")
    void byGet() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        taken(StrangersWallet.respond(request, good(request, EncryptionMethod.A128GCM)));
        assertEquals("accepted", status(made));
    }

    @Test
    @DisplayName("§5.10: request by POST with wallet_nonce and wallet_metadata; response with A256GCM")
    void byPost() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link_haip"), "dGhlIHdhbGxldCdzIG93bg");
        taken(StrangersWallet.respond(request, good(request, EncryptionMethod.A256GCM)));
        assertEquals("accepted", status(made));
    }

    @Test
    @DisplayName("§8.5: an error in the clear or encrypted is taken, once, with a redirect_uri")
    void error() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        String form = StrangersWallet.form(Map.of("error", "access_denied", "state", request.text("state")));
        taken(StrangersWallet.post(request.text("response_uri"), FORM, form));
        assertEquals("declined", status(made));
        turnedAway(400, StrangersWallet.post(request.text("response_uri"), FORM, form));

        Request second = StrangersWallet.fetch(ask().string("link"));
        Map<String, Object> error = Map.of("error", "invalid_request", "state", second.text("state"));
        taken(StrangersWallet.respond(second, StrangersWallet.encrypted(second, error, EncryptionMethod.A128GCM)));
    }

    @Test
    @DisplayName(
            "RFC 6749 appendix A.7: any code that it allows is an answer, kept by name only where a standard has it")
    void errorCodes() {
        for (String code :
                List.of("vp_formats_not_supported", "E-17", "https://wallet.example/errors#busy", "x".repeat(300))) {
            TestApi.Answer made = ask();
            Request request = StrangersWallet.fetch(made.string("link"));
            String state = request.text("state");
            for (String never : List.of("a\"b", "a\\b", "a\0b", "忙")) {
                turnedAway(
                        400,
                        StrangersWallet.post(
                                request.text("response_uri"),
                                FORM,
                                StrangersWallet.form(Map.of("error", never, "state", state))));
            }
            Map<String, Object> error = Map.of("error", code, "error_description", "个人", "state", state);
            taken(StrangersWallet.respond(
                    request, StrangersWallet.encrypted(request, error, EncryptionMethod.A128GCM)));
            TestApi.Answer result = city.api().get("/api/checks/" + made.string("id"));
            assertEquals("declined", result.string("status"));
            assertEquals(code.startsWith("vp_"), result.body().contains(code), result.body());
            assertFalse(result.body().contains("个人"));
        }
    }

    @Test
    @DisplayName("RFC 6749 appendix A: a character that no database text takes is the sender's fault, not ours")
    void zero() {
        TestApi.Answer made = ask();
        String address = made.string("request_uri");
        for (String nowhere : List.of(address + "%00", address.replace("/bank/", "/ba%00nk/"))) {
            turnedAway(404, StrangersWallet.get(nowhere));
            turnedAway(404, StrangersWallet.post(nowhere.replace("/request/", "/response/"), FORM, "response=x"));
        }
        Map<String, Object> check = TestCity.check("bank", "may-drive-car");
        check.put("purpose", "a\0b");
        assertEquals(400, city.api().post("/api/checks", check).status());
        assertEquals(404, city.api().get("/api/checks/a%00b").status());
    }

    @Test
    @DisplayName("RFC 6749 §3.1: a parameter without a value is as one that is not there")
    void emptyParameters() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        String response = good(request, EncryptionMethod.A128GCM);
        taken(StrangersWallet.post(
                request.text("response_uri"),
                FORM,
                "error=&state=&" + StrangersWallet.form(Map.of("response", response))));
        assertEquals("accepted", status(made));
    }

    @Test
    @DisplayName(
            "RFC 7518 §4.6.1.1: an answer with an ephemeral key of another kind is the wallet's fault, and burns nothing")
    void foreignEphemeralKey() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        for (String header : List.of(
                "{\"alg\":\"none\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"epk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}")) {
            turnedAway(
                    400,
                    StrangersWallet.respond(
                            request, Base64URL.encode(header) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"));
        }
        assertEquals("waiting", status(made));
    }

    @Test
    @DisplayName(
            "§5.3, §14: another request's state, none, or its key, burn nothing; another's nonce or audience is refused")
    void swapped() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        Request other = StrangersWallet.fetch(ask().string("link"));
        Map<String, Object> answer = StrangersWallet.answer(request, wallet.show(request, ASKED));
        for (@Nullable String state : new String[] {other.text("state"), "", null}) {
            Map<String, Object> swapped = new LinkedHashMap<>(answer);
            swapped.remove("state");
            if (state != null) {
                swapped.put("state", state);
            }
            turnedAway(
                    400,
                    StrangersWallet.respond(
                            request, StrangersWallet.encrypted(request, swapped, EncryptionMethod.A128GCM)));
        }
        turnedAway(
                400,
                StrangersWallet.respond(request, StrangersWallet.encrypted(other, answer, EncryptionMethod.A128GCM)));
        turnedAway(400, StrangersWallet.respond(other, good(request, EncryptionMethod.A128GCM)));
        assertEquals("waiting", status(made));

        Map<String, Object> nonce =
                StrangersWallet.answer(request, wallet.show(other.text("nonce"), request.text("client_id"), ASKED));
        Reply refused =
                StrangersWallet.respond(request, StrangersWallet.encrypted(request, nonce, EncryptionMethod.A128GCM));
        turnedAway(400, refused);
        assertEquals("wrong-nonce", refused.json().get("code"));
        assertEquals("refused", status(made));

        Map<String, Object> audience =
                StrangersWallet.answer(other, wallet.show(other.text("nonce"), "x509_hash:another", ASKED));
        Reply elsewhere =
                StrangersWallet.respond(other, StrangersWallet.encrypted(other, audience, EncryptionMethod.A128GCM));
        turnedAway(400, elsewhere);
        assertEquals("wrong-audience", elsewhere.json().get("code"));
    }

    @Test
    @DisplayName("§14.1: the same response again, or one after the request's end, is turned away")
    void replayedOrLate() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        String response = good(request, EncryptionMethod.A256GCM);
        taken(StrangersWallet.respond(request, response));
        turnedAway(400, StrangersWallet.respond(request, response));
        turnedAway(400, StrangersWallet.get(made.string("request_uri")));
        assertEquals("accepted", status(made));

        TestApi.Answer late = ask();
        Request ended = StrangersWallet.fetch(late.string("link"));
        city.pool
                .preparedQuery("update check_request set expires_at = now() - interval '1 second' where id = $1")
                .execute(Tuple.of(late.string("id")))
                .await();
        turnedAway(400, StrangersWallet.respond(ended, good(ended, EncryptionMethod.A128GCM)));
        turnedAway(400, StrangersWallet.get(late.string("request_uri")));
        assertEquals("expired", status(late));
    }

    private Row keys(TestApi.Answer made) {
        return city.pool
                .preparedQuery("select encryption_key, sealed_encryption_key from check_request where id = $1")
                .execute(Tuple.of(made.string("id")))
                .await()
                .iterator()
                .next();
    }

    @Test
    @DisplayName(
            "§8.3: the key that opens an answer waits sealed for its own request, or as an older version left it, and is gone with the answer")
    void keyAtRest() {
        SealedColumn column = SealedColumn.encryptionKeys(TestCity.VAULT);
        TestApi.Answer sealed = ask();
        TestApi.Answer clear = ask();
        Row waiting = keys(sealed);
        assertNull(waiting.getValue("encryption_key"));
        assertFalse(waiting.getBuffer("sealed_encryption_key").toString().contains("\"crv\""));
        String key = column.open(waiting, "bank", sealed.string("id")).orElseThrow();
        assertTrue(key.contains("\"d\""), "what is sealed is the private key");
        assertThrows(IllegalStateException.class, () -> column.open(waiting, "bank", clear.string("id")));
        assertThrows(IllegalStateException.class, () -> column.open(waiting, "insurer", sealed.string("id")));

        city.pool
                .preparedQuery(
                        "update check_request set encryption_key = $2, sealed_encryption_key = null where id = $1")
                .execute(Tuple.of(
                        clear.string("id"),
                        column.open(keys(clear), "bank", clear.string("id")).orElseThrow()))
                .await();

        for (TestApi.Answer made : List.of(sealed, clear)) {
            Request request = StrangersWallet.fetch(made.string("link"));
            taken(StrangersWallet.respond(request, good(request, EncryptionMethod.A128GCM)));
            assertEquals("accepted", status(made));
            assertNull(keys(made).getValue("encryption_key"));
            assertNull(keys(made).getValue("sealed_encryption_key"));
        }
    }

    @Test
    @DisplayName("§8.3: encrypted to another key, under another kid, by a method that was not offered, or not at all")
    void notForThisKey() throws JOSEException {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        ECKey key = request.encryptionKey();
        Map<String, Object> answer = StrangersWallet.answer(request, wallet.show(request, ASKED));
        ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        for (String wrong : List.of(
                StrangersWallet.encrypted(answer, own, key.getKeyID(), EncryptionMethod.A128GCM),
                StrangersWallet.encrypted(answer, key, "another", EncryptionMethod.A128GCM),
                StrangersWallet.encrypted(answer, key, key.getKeyID(), EncryptionMethod.A128CBC_HS256),
                StrangersWallet.encrypted(answer, key, key.getKeyID(), EncryptionMethod.A192GCM),
                "",
                "a.b.c.d.e",
                "{}")) {
            turnedAway(400, StrangersWallet.respond(request, wrong));
        }
        String clear = StrangersWallet.form(Map.of(
                "vp_token",
                "{\"" + request.queryId() + "\":[\"" + wallet.show(request, ASKED) + "\"]}",
                "state",
                request.text("state")));
        turnedAway(400, StrangersWallet.post(request.text("response_uri"), FORM, clear));
        assertEquals("waiting", status(made));
        taken(StrangersWallet.respond(request, good(request, EncryptionMethod.A128GCM)));
    }

    @Test
    @DisplayName("§8.2: another content type, none, a parameter twice, none at all, or far too much")
    void wrongForm() {
        TestApi.Answer made = ask();
        Request request = StrangersWallet.fetch(made.string("link"));
        String address = request.text("response_uri");
        String form = StrangersWallet.form(Map.of("response", good(request, EncryptionMethod.A128GCM)));
        for (@Nullable
        String type : new String[] {
            "application/json", "text/plain", "application/x-www-form-urlencoded-too", "application/jwt", null
        }) {
            turnedAway(400, StrangersWallet.post(address, type, form));
        }
        turnedAway(400, StrangersWallet.post(address, FORM, form + "&" + form));
        turnedAway(400, StrangersWallet.post(address, FORM, ""));
        turnedAway(400, StrangersWallet.post(address, FORM, "%%%=%"));
        turnedAway(400, StrangersWallet.post(address, FORM, "response=" + "x".repeat(400_000)));
        turnedAway(413, StrangersWallet.post(address, FORM, "response=" + "x".repeat(8_000_000)));
        turnedAway(404, StrangersWallet.post(address + "0", FORM, form));
        turnedAway(404, StrangersWallet.post(address.replace("/bank/", "/insurer/"), FORM, form));
        turnedAway(404, StrangersWallet.get(address));
        assertEquals("waiting", status(made));
        taken(StrangersWallet.post(address, FORM + "; charset=UTF-8", form));
    }

    @Test
    @DisplayName(
            "§5.10: a request is not given for a nonce that is too long, metadata that are none, or a wallet that could not answer")
    void requestRefused() {
        TestApi.Answer made = ask();
        String address = made.string("request_uri");
        for (Map<String, String> form : List.of(
                Map.of("wallet_nonce", "n".repeat(5_000)),
                Map.of("wallet_metadata", "[]"),
                Map.of("wallet_metadata", "{\"vp_formats_supported\":{\"mso_mdoc\":{}}}"),
                Map.of("wallet_metadata", "{\"client_id_prefixes_supported\":[\"redirect_uri\"]}"))) {
            turnedAway(400, StrangersWallet.post(address, FORM, StrangersWallet.form(form)));
        }
        turnedAway(400, StrangersWallet.post(address, "application/json", "{}"));
        turnedAway(404, StrangersWallet.get(address + "0"));
        StrangersWallet.fetch(made.string("link"), "still-given");
    }
}
