package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.ClaimQuery;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.verifier.request.Preset;
import city.elicence.verifier.request.Presets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestTest {
    private final TestCity city = TestCity.city();

    private TestApi.Answer ask(Map<String, Object> more) {
        Map<String, Object> body = TestCity.check("bank", "may-drive-car");
        body.putAll(more);
        return city.api().post("/api/checks", body);
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §5 and HAIP 1.0 §5: the request object, member by member")
    void requestObject() throws Exception {
        TestApi.Answer made = ask(Map.of());
        TestApi.Answer fetched = TestApi.getAnonymously(made.string("request_uri"), Map.of());
        assertEquals("application/oauth-authz-req+jwt", fetched.header("Content-Type"));
        RawWallet.Request request = RawWallet.parse(fetched.body());
        Map<String, Object> header = request.object().header();
        assertEquals("oauth-authz-req+jwt", header.get("typ"));
        assertEquals("ES256", header.get("alg"));
        CertificateChain chain = request.object().certificates().orElseThrow();
        assertTrue(request.object().verifiedBy(chain.leafKey()));
        String hash = Base64Url.encode(
                MessageDigest.getInstance("SHA-256").digest(chain.leaf().getEncoded()));
        assertEquals("x509_hash:" + hash, request.text("client_id"));
        assertEquals(request.text("client_id"), made.string("client_id"));
        assertEquals("https://self-issued.me/v2", request.text("aud"));
        assertEquals("vp_token", request.text("response_type"));
        assertEquals("direct_post.jwt", request.text("response_mode"));
        assertFalse(request.claims().containsKey("redirect_uri"));
        assertTrue(request.text("nonce").matches("[A-Za-z0-9_-]{43}"));
        assertTrue(Fields.of(request.claims()).instant("exp").isAfter(Instant.now()));
        Fields metadata = request.clientMetadata()
                // §5.1: a wallet MUST ignore any other.
                .only("jwks", "encrypted_response_enc_values_supported", "vp_formats_supported");
        assertEquals(List.of("A128GCM", "A256GCM"), metadata.list("encrypted_response_enc_values_supported"));
        assertEquals(
                List.of("ES256"),
                metadata.fields("vp_formats_supported").fields("dc+sd-jwt").list("kb-jwt_alg_values"));
        Map<String, Object> jwk = request.encryptionJwk();
        assertEquals("ECDH-ES", jwk.get("alg"));
        assertEquals("enc", jwk.get("use"));
        assertTrue(jwk.containsKey("kid") && !jwk.containsKey("d"));
        DcqlQuery.parse(Fields.of(request.claims()).object("dcql_query"));
        Map<String, Object> info =
                Fields.of(request.claims()).objects("verifier_info").get(0);
        assertEquals("urn:elicence:ledger-accreditation", info.get("format"));
        assertEquals(city.bank.did().toString(), Fields.of(info).fields("data").string("did"));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §5.10: a wallet_nonce sent by POST comes back inside the signature")
    void walletNonce() throws Exception {
        TestApi.Answer made = ask(Map.of());
        assertEquals("post", RawWallet.query(made.string("link")).get("request_uri_method"));
        TestApi.Answer answer = TestApi.postForm(
                made.string("request_uri"),
                Map.of(
                        "wallet_nonce",
                        "qPmxiNFCR3QTm19POc8u",
                        "wallet_metadata",
                        "{\"vp_formats_supported\":{\"dc+sd-jwt\":{}},\"unheard_of\":1}"));
        assertEquals(200, answer.status(), answer.body());
        assertEquals("qPmxiNFCR3QTm19POc8u", RawWallet.parse(answer.body()).text("wallet_nonce"));
        TestApi.Answer unsuited = TestApi.postForm(
                made.string("request_uri"), Map.of("wallet_metadata", "{\"vp_formats_supported\":{\"mso_mdoc\":{}}}"));
        assertEquals(400, unsuited.status());
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §5.10, RFC 6749 §3.1: a wallet may post neither of the two parameters, nor a body, nor their values")
    void noParameters() {
        String address = ask(Map.of()).string("request_uri");
        TestApi.Answer nothing =
                TestApi.send(HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.noBody()));
        Map<String, String> valueless = Map.of("wallet_nonce", "", "wallet_metadata", "");
        for (TestApi.Answer answer : List.of(nothing, TestApi.postForm(address, valueless))) {
            assertEquals(200, answer.status(), answer.body());
            assertFalse(RawWallet.parse(answer.body()).claims().containsKey("wallet_nonce"));
        }
        HttpRequest.Builder untyped = HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofString("wallet_nonce=qPmxiNFCR3QTm19POc8u"));
        assertEquals(400, TestApi.send(untyped).status());
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §5.10, §6.4.2: a wallet of one format is given a request that this format is enough for")
    void oneFormatOfTwo() {
        Map<String, Object> card = Map.of(
                "id",
                "card",
                "format",
                "dc+sd-jwt",
                "meta",
                Map.of("vct_values", List.of("type:driving-licence")),
                "claims",
                List.of(Map.of("path", List.of("may_drive_car"))));
        Map<String, Object> document = Map.of(
                "id",
                "document",
                "format",
                "mso_mdoc",
                "meta",
                Map.of("doctype_value", TestIssuer.MDL),
                "claims",
                List.of(Map.of("path", List.of("org.iso.18013.5.1", "issuing_country"))));
        Map<String, Object> either = Map.of("options", List.of(List.of("document"), List.of("card")));
        Map<String, Object> oneMore = Map.of("options", List.of(List.of("document")), "required", false);
        for (Map<String, Object> set : List.of(either, oneMore)) {
            assertEquals(
                    200,
                    fetchWithSdJwtAlone(List.of(card, document), List.of(set)).status());
        }
        Map<String, Object> both = Map.of("options", List.of(List.of("document", "card")));
        assertEquals(
                400,
                fetchWithSdJwtAlone(List.of(card, document), List.of(either, both))
                        .status());
        assertEquals(
                400, fetchWithSdJwtAlone(List.of(card, document), List.of()).status());
    }

    private TestApi.Answer fetchWithSdJwtAlone(List<Map<String, Object>> credentials, List<Map<String, Object>> sets) {
        Map<String, Object> dcql = new LinkedHashMap<>(Map.of("credentials", credentials));
        if (!sets.isEmpty()) {
            dcql.put("credential_sets", sets);
        }
        TestApi.Answer made =
                city.api().post("/api/checks", Map.of("tenant", "bank", "purpose", "either will do", "dcql", dcql));
        assertEquals(201, made.status(), made.body());
        return TestApi.postForm(
                made.string("request_uri"), Map.of("wallet_metadata", "{\"vp_formats_supported\":{\"dc+sd-jwt\":{}}}"));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §5.9.3: x509_san_dns names the response's host, which stands in the leaf certificate")
    void x509SanDns() {
        RawWallet.Request request =
                RawWallet.follow(ask(Map.of("client_id_prefix", "x509_san_dns")).string("link"));
        assertEquals("x509_san_dns:127.0.0.1", request.text("client_id"));
        assertEquals("127.0.0.1", URI.create(request.text("response_uri")).getHost());
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §5.9.3: a redirect_uri request is unsigned, travels in the link, and works with direct_post")
    void redirectUriPrefix() {
        TestApi.Answer made = ask(Map.of("client_id_prefix", "redirect_uri", "response_mode", "direct_post"));
        Map<String, String> query = RawWallet.query(made.string("link"));
        assertFalse(query.containsKey("request_uri"));
        assertEquals("redirect_uri:" + query.get("response_uri"), query.get("client_id"));
        assertEquals(
                404,
                TestApi.getAnonymously(made.string("request_uri"), Map.of()).status());
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        Map<String, String> form = new LinkedHashMap<>();
        String shown = RawWallet.present(
                held,
                String.valueOf(query.get("nonce")),
                String.valueOf(query.get("client_id")),
                Instant.now(),
                Map.of(),
                "may_drive_car");
        form.put("vp_token", Json.write(Map.of("driving_licence", List.of(shown))));
        form.put("state", String.valueOf(query.get("state")));
        TestApi.Answer answer = TestApi.postForm(String.valueOf(query.get("response_uri")), form);
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    @DisplayName("A request for an encrypted response takes no plain one")
    void noDowngrade() {
        RawWallet.Request request = RawWallet.follow(ask(Map.of()).string("link"));
        TestApi.Answer answer = TestApi.postForm(
                request.text("response_uri"), Map.of("vp_token", "{\"a\":[\"b\"]}", "state", request.text("state")));
        assertEquals(400, answer.status());
        assertEquals("invalid_request", answer.string("error"));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 §8.4: each transaction is signed by the holder, or the response is refused")
    void transactionData() throws Exception {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("type", "urn:elicence:transaction:consent");
        payment.put("credential_ids", List.of("driving_licence"));
        payment.put("text", "rent a car for a day");
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));

        RawWallet.Request unsigned = RawWallet.follow(
                ask(Map.of("transaction_data", List.of(payment))).string("link"));
        TestApi.Answer refused =
                RawWallet.respond(unsigned, "driving_licence", RawWallet.present(held, unsigned, "may_drive_car"));
        assertEquals("transaction-not-authorised", refused.string("code"), refused.body());

        RawWallet.Request request = RawWallet.follow(
                ask(Map.of("transaction_data", List.of(payment))).string("link"));
        String sent = Fields.of(request.claims()).strings("transaction_data").get(0);
        assertEquals(payment, Json.parseObject(Base64Url.decode(sent)));
        String hash =
                Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(sent.getBytes(StandardCharsets.US_ASCII)));
        String signed = RawWallet.present(
                held,
                request.text("nonce"),
                request.text("client_id"),
                Instant.now(),
                Map.of("transaction_data_hashes", List.of(hash), "transaction_data_hashes_alg", "sha-256"),
                "may_drive_car");
        TestApi.Answer accepted = RawWallet.respond(request, "driving_licence", signed);
        assertEquals(200, accepted.status(), accepted.body());
    }

    @Test
    @DisplayName("Malformed drafts get invalid_request and are not made")
    void malformedDrafts() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("dcql", Map.of("credentials", List.of())),
                Map.of("flow", "teleport"),
                Map.of("expires_in", 1L),
                Map.of("return_to", "javascript:alert(1)"),
                Map.of("surprise", true),
                Map.of("transaction_data", List.of(Map.of("type", "x", "credential_ids", List.of("nobody")))))) {
            TestApi.Answer answer = ask(wrong);
            assertEquals(400, answer.status(), wrong + " " + answer.body());
            assertEquals("invalid_request", answer.string("error"));
        }
    }

    @Test
    @DisplayName("Every preset asks for types and claims that the catalogue has")
    void presetsFitTheCatalogue() throws Exception {
        Catalogue catalogue = Catalogue.builtIn();
        for (Preset preset : Presets.builtIn().all()) {
            DcqlQuery query = DcqlQuery.parse(Preset.withAddresses(preset.dcql(), TestIssuer.TYPES_BASE));
            for (CredentialQuery credential : query.credentials()) {
                boolean mobileDocument = credential.format().equals(Format.MDOC.identifier());
                for (List<String> alternative : credential.types().alternatives()) {
                    CredentialType type = (mobileDocument
                                    ? catalogue.byDoctype(alternative.get(0))
                                    : catalogue.byVct(alternative.get(0)))
                            .orElseThrow(() -> new AssertionError(preset.id() + " " + alternative));
                    assertTrue(has(type, mobileDocument, credential.claims()), preset.id() + " " + type.id());
                }
            }
        }
    }

    @Test
    @DisplayName(
            "OpenID4VP 1.0 §7.2: a query for a mobile document names namespace and element, and no claim of the licence")
    void elementsAreNoClaims() {
        CredentialType licence = Catalogue.builtIn().byDoctype(TestIssuer.MDL).orElseThrow();
        String namespace = "org.iso.18013.5.1";
        assertTrue(Objects.requireNonNull(licence.mdoc())
                .element(ClaimPath.of(namespace).then("driving_privileges"))
                .isPresent());
        for (ClaimPath wrong : List.of(
                ClaimPath.of("driving_privileges"),
                ClaimPath.of("may_drive_car"),
                ClaimPath.of(namespace).then("may_drive_car"),
                ClaimPath.of("org.iso.18013.5.2").then("driving_privileges"))) {
            assertFalse(Objects.requireNonNull(licence.mdoc()).element(wrong).isPresent(), wrong.toString());
        }
        assertFalse(Catalogue.builtIn().byDoctype("org.iso.18013.5.1").isPresent());
    }

    private static boolean has(CredentialType type, boolean mobileDocument, List<ClaimQuery> claims) {
        return claims.stream()
                .map(ClaimQuery::path)
                .allMatch(path -> mobileDocument
                        ? Objects.requireNonNull(type.mdoc()).element(path).isPresent()
                        : type.claim(path).isPresent());
    }
}
