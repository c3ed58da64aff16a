package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Metadata: OpenID4VCI 1.0 §12, RFC 8414, SD-JWT VC")
class MetadataTest {
    private static TestCity city;

    @BeforeAll
    static void open() {
        city = new TestCity();
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static String wellKnown(String name) {
        return RawWallet.wellKnown(city.issuer(city.police), name);
    }

    @Test
    @DisplayName("§12.2.1: credential_issuer is identical to the identifier that the document was fetched for")
    void identifier() {
        Http.Answer answer = Http.get(wellKnown("openid-credential-issuer"));
        assertEquals("application/json", answer.header("Content-Type").orElseThrow());
        assertEquals(city.issuer(city.police), answer.string("credential_issuer"));
        assertEquals(
                404,
                Http.get(city.base() + "/.well-known/openid-credential-issuer/nobody")
                        .status());
    }

    @Test
    @DisplayName("HAIP 1.0 §4.1: every configuration has a scope, nonce_endpoint is there, both languages are shown")
    void configurations() throws Exception {
        Fields metadata =
                Fields.of(Http.get(wellKnown("openid-credential-issuer")).json());
        assertTrue(metadata.has("nonce_endpoint"));
        assertTrue(metadata.fields("batch_credential_issuance").longValue("batch_size") >= 2);
        Map<String, Object> configurations = metadata.object("credential_configurations_supported");
        assertTrue(configurations.containsKey("driving-licence"));
        for (String id : configurations.keySet()) {
            Fields configuration = Fields.of(configurations).fields(id);
            boolean mdoc = id.endsWith(".mdoc");
            assertEquals(mdoc ? "mso_mdoc" : "dc+sd-jwt", configuration.string("format"));
            assertFalse(configuration.string("scope").isEmpty());
            assertEquals(
                    List.of(mdoc ? "cose_key" : "jwk"),
                    configuration.strings("cryptographic_binding_methods_supported"));
            List<Map<String, Object>> display =
                    configuration.fields("credential_metadata").objects("display");
            assertEquals(
                    List.of("zh-CN", "en"),
                    display.stream().map(d -> d.get("locale")).toList());
            if (!mdoc) {
                Http.Answer type = Http.get(configuration.string("vct"));
                assertEquals(configuration.string("vct"), type.string("vct"), "type metadata at the vct's address");
            }
            String logo = Fields.of(display.getFirst()).fields("logo").string("uri");
            assertEquals("image/svg+xml", Http.get(logo).header("Content-Type").orElseThrow());
        }
    }

    @Test
    @DisplayName("§12.2.3: signed metadata, typ and x5c in the header, sub and iat in the payload, for who accepts it")
    void signed() throws Exception {
        Http.Answer answer = Http.get(wellKnown("openid-credential-issuer"), "Accept", "application/jwt");
        assertEquals("application/jwt", answer.header("Content-Type").orElseThrow());
        for (String plain :
                List.of("*/*", "application/json, application/jwt", "application/jwt;q=0.2, application/json")) {
            Http.Answer unsigned = Http.get(wellKnown("openid-credential-issuer"), "Accept", plain);
            assertEquals("application/json", unsigned.header("Content-Type").orElseThrow());
        }
        Jws jws = Jws.parse(answer.text());
        assertEquals("openidvci-issuer-metadata+jwt", jws.type().orElseThrow());
        var chain = jws.certificates().orElseThrow();
        assertTrue(chain.anchoredBy(List.of(city.authority.anchor()), city.clock.instant())
                .isPresent());
        assertTrue(jws.verifiedBy(chain.leafKey()));
        Fields claims = Fields.of(jws.claims());
        assertEquals(city.issuer(city.police), claims.string("sub"));
        assertTrue(claims.has("iat") && claims.has("credential_configurations_supported"));
    }

    @Test
    @DisplayName("RFC 8414 §2, RFC 9126 §5, RFC 9207 §3, RFC 9449 §5.1: the authorization server's metadata")
    void server() throws Exception {
        Fields metadata =
                Fields.of(Http.get(wellKnown("oauth-authorization-server")).json());
        assertEquals(city.issuer(city.police), metadata.string("issuer"));
        assertTrue(metadata.bool("authorization_response_iss_parameter_supported"));
        assertTrue(metadata.bool("require_pushed_authorization_requests"));
        assertTrue(metadata.bool("pre-authorized_grant_anonymous_access_supported"));
        assertEquals(List.of("S256"), metadata.strings("code_challenge_methods_supported"));
        assertTrue(metadata.strings("dpop_signing_alg_values_supported").contains("ES256"));
        assertTrue(metadata.strings("token_endpoint_auth_methods_supported").contains("attest_jwt_client_auth"));
        assertTrue(Http.get(metadata.string("status_list_aggregation_endpoint"))
                .json()
                .containsKey("status_lists"));
    }

    @Test
    @DisplayName("SD-JWT VC draft 13 §5: JWT VC issuer metadata names the issuer and the key that signs")
    void issuerKeys() throws Exception {
        Fields metadata = Fields.of(Http.get(wellKnown("jwt-vc-issuer")).json());
        assertEquals(city.issuer(city.police), metadata.string("issuer"));
        assertEquals(1, metadata.fields("jwks").objects("keys").size());
    }
}
