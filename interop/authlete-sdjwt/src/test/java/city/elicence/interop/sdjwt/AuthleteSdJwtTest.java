package city.elicence.interop.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import com.authlete.sd.Disclosure;
import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectBuilder;
import com.authlete.sd.SDObjectDecoder;
import com.authlete.sd.SDObjectEncoder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9901 with Authlete's sd-jwt 1.11, in both directions")
class AuthleteSdJwtTest {
    private static final Map<String, Object> CLAIMS = claims();
    private final SoftwareKey issuer = SoftwareKey.generate();
    private final SoftwareKey holder = SoftwareKey.generate();

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", "https://city.example/types/driving-licence");
        claims.put("name", "林示例（测试）");
        claims.put("points", 3L);
        claims.put("may_drive_car", true);
        claims.put("address", Map.of("city", "示例市", "street", "Long \"quoted\" Street"));
        claims.put("classes", List.of("C1", "D", "E"));
        return claims;
    }

    private static Map<String, Object> plain(Object tree) throws Exception {
        return Json.parseObject(Json.writeSorted(tree));
    }

    private SdJwt ours(int decoys) {
        Frame frame = Frame.withDecoys(
                List.of(
                        ClaimPath.of("name"),
                        ClaimPath.of("points"),
                        ClaimPath.of("may_drive_car"),
                        ClaimPath.of("address"),
                        ClaimPath.of("address", "city"),
                        ClaimPath.of("classes", 1L)),
                decoys);
        return new SdJwtIssuer(issuer, new SecureRandom()).issue(Map.of("typ", "dc+sd-jwt"), CLAIMS, frame);
    }

    @Test
    @DisplayName(
            "§4.2, §7.1: what we issue, decoys, recursive and array disclosures included, Authlete decodes to the same claims")
    void theyReadOurs() throws Exception {
        SDJWT read = SDJWT.parse(ours(3).serialize());
        Map<String, Object> payload = Jws.parse(read.getCredentialJwt()).claims();
        assertEquals(plain(CLAIMS), plain(new SDObjectDecoder().decode(payload, read.getDisclosures())));
        List<Disclosure> some = read.getDisclosures().stream()
                .filter(d -> !"points".equals(d.getClaimName()))
                .toList();
        Map<String, Object> less = plain(new SDObjectDecoder().decode(payload, some));
        assertFalse(less.containsKey("points"));
        assertEquals(CLAIMS.get("name"), less.get("name"));
    }

    @Test
    @DisplayName(
            "§4.2: what Authlete issues, encoded whole with decoys, we process to the same claims, in each hash algorithm")
    void weReadTheirs() throws Exception {
        for (String algorithm : List.of("sha-256", "sha-384", "sha-512")) {
            SDObjectEncoder encoder = new SDObjectEncoder(algorithm);
            encoder.setDecoyMagnification(1.0, 2.0);
            encoder.setHashAlgorithmIncluded(true);
            Map<String, Object> payload = encoder.encode(CLAIMS);
            String jwt = Jws.sign(Map.of("typ", "dc+sd-jwt"), payload, issuer);
            SdJwt read = SdJwt.parse(new SDJWT(jwt, encoder.getDisclosures()).toString());
            assertTrue(read.issuerJwt().verifiedBy(issuer.publicKey()));
            assertEquals(plain(CLAIMS), plain(read.process().claims()));
        }
    }

    @Test
    @DisplayName("§7.1: a digest that comes twice, and a disclosure that belongs nowhere, are refused by us")
    void theirBadOnes() {
        SDObjectBuilder builder = new SDObjectBuilder();
        Disclosure name = builder.putSDClaim("name", "x");
        builder.putClaim("also", Map.of("_sd", List.of(name.digest())));
        String twice = Jws.sign(Map.of("typ", "dc+sd-jwt"), builder.build(true), issuer);
        assertThrows(
                SdJwtException.class,
                () -> SdJwt.parse(new SDJWT(twice, List.of(name)).toString()).process());
        String none = Jws.sign(Map.of("typ", "dc+sd-jwt"), new SDObjectBuilder().build(true), issuer);
        assertThrows(
                SdJwtException.class,
                () -> SdJwt.parse(new SDJWT(none, List.of(new Disclosure("name", "x"))).toString())
                        .process());
    }

    @Test
    @DisplayName("§4.3: the sd_hash of our key binding is the one Authlete computes, and theirs is covered by ours")
    void keyBinding() throws Exception {
        SdJwt shown = ours(0).present(List.of(ClaimPath.of("name"), ClaimPath.of("address", "city")));
        SdJwt bound = KeyBinding.sign(shown, "nonce", "x509_hash:abc", Instant.now(), Map.of(), holder);
        SDJWT read = SDJWT.parse(bound.serialize());
        assertEquals(read.getSDHash(), Jws.parse(read.getBindingJwt()).claims().get("sd_hash"));

        SDJWT theirs = new SDJWT(
                ours(0).issuerJwt().compact(),
                new ArrayList<>(read.getDisclosures().subList(0, 1)));
        Map<String, Object> claims =
                Map.of("nonce", "n", "aud", "a", "iat", Instant.now().getEpochSecond(), "sd_hash", theirs.getSDHash());
        String kb = Jws.sign(Map.of("typ", "kb+jwt"), claims, holder);
        SdJwt presented = SdJwt.parse(new SDJWT(theirs.getCredentialJwt(), theirs.getDisclosures(), kb).toString());
        assertTrue(KeyBinding.of(presented).covers(presented));
        assertTrue(KeyBinding.of(presented).signedBy(holder.publicKey()));
    }
}
