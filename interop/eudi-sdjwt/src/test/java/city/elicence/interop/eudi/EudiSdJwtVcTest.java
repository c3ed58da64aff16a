package city.elicence.interop.eudi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.verify.TestParty;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.util.DateUtils;
import eu.europa.ec.eudi.sdjwt.DisclosableObject;
import eu.europa.ec.eudi.sdjwt.DslKt;
import eu.europa.ec.eudi.sdjwt.NimbusSdJwtOps;
import eu.europa.ec.eudi.sdjwt.SdJwtAndKbJwt;
import eu.europa.ec.eudi.sdjwt.SdJwtFactory;
import eu.europa.ec.eudi.sdjwt.vc.SdJwtVcVerifier;
import eu.europa.ec.eudi.sdjwt.vc.X509CertificateTrust;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kotlin.Unit;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SD-JWT VC with the EUDI reference library 0.10.0, in both directions")
class EudiSdJwtVcTest {
    private static final String VCT = "https://city.example/types/driving-licence";
    private static final String AUDIENCE = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
    private static final String ISSUER = "https://city.example/traffic-police";
    private final TestParty party = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg").withLeaf(SoftwareKey.generate(), ISSUER);
    private final SoftwareKey holder = SoftwareKey.generate();
    private final X509Certificate leaf = party.chain().leaf();
    private final X509CertificateTrust trust =
            (chain, continuation) -> chain.getFirst().equals(leaf);
    private final SdJwtVcVerifier<SignedJWT> theirVerifier =
            NimbusSdJwtOps.INSTANCE.getSdJwtVcVerifier().usingX5c(trust);

    private SdJwt ours(TestParty party) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("vct", VCT);
        claims.put("iat", Instant.now().minusSeconds(60).getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(3600).getEpochSecond());
        claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        claims.put("status", Map.of("status_list", Map.of("idx", 7L, "uri", "https://city.example/status/0")));
        claims.put("name", "林示例（测试）");
        claims.put("may_drive_car", true);
        claims.put("address", Map.of("city", "示例市", "street", "1"));
        claims.put("classes", List.of("C1", "D"));
        Frame frame = Frame.withDecoys(
                List.of(
                        ClaimPath.of("name"),
                        ClaimPath.of("may_drive_car"),
                        ClaimPath.of("address"),
                        ClaimPath.of("address", "city"),
                        ClaimPath.of("classes", 0L)),
                2);
        return SdJwtVc.issue(new SdJwtIssuer(party.key(), new SecureRandom()), party.chain(), claims, frame);
    }

    private static JsonObject challenge(Map<String, String> fields) {
        Map<String, JsonElement> members = new LinkedHashMap<>();
        fields.forEach((name, value) -> members.put(name, JsonElementKt.JsonPrimitive(value)));
        return new JsonObject(members);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> claims(Object sdJwt) throws Exception {
        JsonObject recreated =
                NimbusSdJwtOps.INSTANCE.recreateClaims((eu.europa.ec.eudi.sdjwt.SdJwt<SignedJWT>) sdJwt, null);
        return Json.parseObject(recreated.toString());
    }

    @Test
    @DisplayName(
            "HAIP 1.0 §6.1.1: they verify what we issue by x5c, and read the same claims; an altered one they refuse")
    void theyVerifyOurs() throws Exception {
        SdJwt ours = ours(party);
        Object verified = Suspended.call(theirVerifier, "verify", ours.serialize());
        assertEquals(SdJwtVc.of(ours).claims(), claims(verified));
        SdJwt fewer = ours.present(List.of(ClaimPath.of("may_drive_car")));
        Map<String, Object> less = claims(Suspended.call(theirVerifier, "verify", fewer.serialize()));
        assertEquals(true, less.get("may_drive_car"));
        assertFalse(less.containsKey("name"));
        String compact = ours.serialize();
        int at = compact.indexOf('.') + 20;
        char other = compact.charAt(at) == 'A' ? 'B' : 'A';
        String altered = compact.substring(0, at) + other + compact.substring(at + 1);
        assertThrows(Exception.class, () -> Suspended.call(theirVerifier, "verify", altered));
    }

    @Test
    @DisplayName(
            "RFC 9901 §7.3: they verify the presentation that we bind, for its nonce and audience and for no other")
    void theyVerifyOurPresentation() throws Exception {
        SdJwt shown = ours(party).present(List.of(ClaimPath.of("name"), ClaimPath.of("address", "city")));
        String bound = KeyBinding.sign(shown, "the nonce", AUDIENCE, Instant.now(), Map.of(), holder)
                .serialize();
        Object verified = Suspended.call(
                theirVerifier, "verify", bound, challenge(Map.of("nonce", "the nonce", "aud", AUDIENCE)));
        assertEquals(SdJwtVc.of(shown).claims(), claims(((SdJwtAndKbJwt<?>) verified).getSdJwt()));
        for (Map<String, String> wrong :
                List.of(Map.of("nonce", "another", "aud", AUDIENCE), Map.of("nonce", "the nonce", "aud", "another"))) {
            assertThrows(Exception.class, () -> Suspended.call(theirVerifier, "verify", bound, challenge(wrong)));
        }
        String byAnother = KeyBinding.sign(
                        shown, "the nonce", AUDIENCE, Instant.now(), Map.of(), SoftwareKey.generate())
                .serialize();
        assertThrows(
                Exception.class,
                () -> Suspended.call(
                        theirVerifier, "verify", byAnother, challenge(Map.of("nonce", "the nonce", "aud", AUDIENCE))));
    }

    private static ECKey nimbus(SoftwareKey key) {
        return new ECKey.Builder(Curve.P_256, key.publicKey().javaKey())
                .privateKey(key.javaKey())
                .build();
    }

    @Test
    @DisplayName(
            "RFC 9901 §6, §7.3: we verify what they issue and what they present, nested and array disclosures included")
    void weVerifyTheirs() throws Exception {
        DisclosableObject spec = DslKt.sdJwt(4, root -> {
            root.claim("vct", VCT);
            root.claim("exp", Instant.now().plusSeconds(3600).getEpochSecond());
            root.objClaim("cnf", null, cnf -> {
                cnf.objClaim("jwk", null, jwk -> {
                    holder.publicKey().toJwk().forEach((name, value) -> jwk.claim(name, (String) value));
                    return Unit.INSTANCE;
                });
                return Unit.INSTANCE;
            });
            root.sdClaim("name", "林示例（测试）");
            root.sdClaim("points", 3);
            root.sdObjClaim("address", 3, address -> {
                address.sdClaim("city", "示例市");
                address.claim("street", "1");
                return Unit.INSTANCE;
            });
            root.arrClaim("classes", 2, classes -> {
                classes.sdClaim("C1");
                classes.claim("D");
                return Unit.INSTANCE;
            });
            return Unit.INSTANCE;
        });
        Object issuer = NimbusSdJwtOps.INSTANCE.issuer(
                SdJwtFactory.Companion.getDefault(),
                new ECDSASigner(nimbus(party.key())),
                JWSAlgorithm.ES256,
                header -> {
                    header.type(new JOSEObjectType("dc+sd-jwt"));
                    return Unit.INSTANCE;
                });
        @SuppressWarnings("unchecked")
        var issued = (eu.europa.ec.eudi.sdjwt.SdJwt<SignedJWT>) Suspended.call(issuer, "issue", spec);
        SdJwt read = SdJwt.parse(NimbusSdJwtOps.INSTANCE.serialize(issued));
        assertTrue(read.issuerJwt().verifiedBy(party.key().publicKey()));
        Map<String, Object> claims = SdJwtVc.of(read).claims();
        assertEquals("林示例（测试）", claims.get("name"));
        assertEquals(Map.of("city", "示例市", "street", "1"), claims.get("address"));
        assertEquals(List.of("C1", "D"), claims.get("classes"));
        assertEquals(claims(issued), claims);

        AsymmetricJWK publicJwk = nimbus(holder).toPublicJWK();
        Object binding = NimbusSdJwtOps.INSTANCE.kbJwtIssuer(
                new ECDSASigner(nimbus(holder)), JWSAlgorithm.ES256, publicJwk, body -> {
                    body.claim("nonce", "n")
                            .audience(AUDIENCE)
                            .issueTime(DateUtils.fromSecondsSinceEpoch(
                                    Instant.now().getEpochSecond()));
                    return Unit.INSTANCE;
                });
        String presented = (String) Suspended.call(NimbusSdJwtOps.INSTANCE, "serializeWithKeyBinding", issued, binding);
        SdJwt bound = SdJwt.parse(presented);
        KeyBinding proof = KeyBinding.of(bound);
        assertTrue(proof.covers(bound) && proof.signedBy(holder.publicKey()));
        assertEquals(List.of("n", AUDIENCE), List.of(proof.nonce(), proof.audience()));
    }

    @Test
    @DisplayName(
            "Where we differ: the library takes an issuer's x5c only when the certificate names iss; HAIP 1.0 §6.1.1 does not"
                    + " ask for it (docs/decisions/0052-interop.md)")
    void issuerInCertificate() {
        TestParty other = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
        X509CertificateTrust anyone = (chain, continuation) -> true;
        Object verifier = NimbusSdJwtOps.INSTANCE.getSdJwtVcVerifier().usingX5c(anyone);
        assertThrows(
                Exception.class,
                () -> Suspended.call(verifier, "verify", ours(other).serialize()));
    }
}
