package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.sm2.Sm2;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A verifier that was not told of another suite")
class SuiteTest {
    private static final String QUERY = "driving_licence";

    private final TestCity city = TestCity.city();
    private final TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
    private final RawWallet.Request request = RawWallet.follow(made.string("link"));

    @Test
    @DisplayName("OpenID4VP 1.0 B.3.4: declares ES256 alone, for the licence and for the key binding")
    void declared() throws Exception {
        assertEquals(
                Map.of("sd-jwt_alg_values", List.of("ES256"), "kb-jwt_alg_values", List.of("ES256")),
                request.clientMetadata().fields("vp_formats_supported").object("dc+sd-jwt"));
        assertFalse(request.object().compact().contains(Sm2.SUITE.algorithm()));
    }

    @Test
    @DisplayName("refuses by name what an issuer signed by SM2")
    void issuer() {
        SoftwareKey holder = SoftwareKey.generate();
        SdJwt bySm2 = SdJwtVc.issue(
                new SdJwtIssuer(SoftwareKey.generate(Sm2.SUITE), new SecureRandom()),
                city.police.party().chain(),
                Map.of(
                        "vct",
                        TestIssuer.vct(TestCity.LICENCE),
                        "iat",
                        Instant.now().minusSeconds(60).getEpochSecond(),
                        "cnf",
                        Map.of("jwk", holder.publicKey().toJwk()),
                        "may_drive_car",
                        true),
                Frame.of(List.of(ClaimPath.of("may_drive_car"))));
        assertRefused("algorithm-not-taken", new TestIssuer.Held(bySm2, holder, 0));
    }

    @Test
    @DisplayName("refuses by name what is bound to a key for SM2")
    void holder() {
        SoftwareKey holder = SoftwareKey.generate(Sm2.SUITE);
        String answer = assertRefused(
                "holder-key-missing", city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true), holder));
        assertTrue(answer.contains("a key for ES256"), answer);
    }

    private String assertRefused(String code, TestIssuer.Held licence) {
        TestApi.Answer answer = RawWallet.respond(request, QUERY, RawWallet.present(licence, request, "may_drive_car"));
        assertEquals(400, answer.status(), answer.body());
        assertEquals(code, answer.string("code"));
        return city.api().get("/api/checks/" + made.string("id")).body();
    }
}
