package city.elicence.credentials.jose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JWS, JWE and keys, by RFC 7515 to 7518 and 7638, as narrow as HAIP lets them be. */
class JoseTest {
    private static final Map<String, Object> RFC7515_A3_KEY = Map.of(
            "kty", "EC",
            "crv", "P-256",
            "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    private static final String RFC7515_A3 = "eyJhbGciOiJFUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private final SoftwareKey key = SoftwareKey.generate();

    @Test
    @DisplayName("RFC 7515 A.3: the ES256 example verifies by its key, and by no other")
    void rfc7515() throws Exception {
        Jws jws = Jws.parse(RFC7515_A3);
        assertTrue(jws.verifiedBy(EcPublicKey.fromJwk(RFC7515_A3_KEY)));
        assertFalse(jws.verifiedBy(key.publicKey()));
        assertEquals("joe", jws.claims().get("iss"));
    }

    @ParameterizedTest
    @DisplayName("RFC 8725 §3.1: no other algorithm verifies, none least of all")
    @ValueSource(strings = {"none", "HS256", "ES384", "es256", "ES256K", "RS256", "EdDSA"})
    void algorithms(String alg) throws Exception {
        String input = Base64Url.encodeText(Json.write(Map.of("alg", alg))) + ".e30";
        String signature = Base64Url.encode(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
        assertFalse(Jws.parse(input + "." + signature).verifiedBy(key.publicKey()));
        assertFalse(Jws.parse(input + ".").verifiedBy(key.publicKey()));
    }

    @Test
    @DisplayName("CVE-2022-21449: r or s of zero, or of the order of the curve, never verify")
    void illegalSignatures() throws Exception {
        String input = Base64Url.encodeText("{\"alg\":\"ES256\"}") + ".e30.";
        byte[] order = Suite.ES256.parameters().getOrder().toByteArray();
        byte[] orders = new byte[64];
        System.arraycopy(order, 1, orders, 0, 32);
        System.arraycopy(order, 1, orders, 32, 32);
        for (byte[] signature : new byte[][] {new byte[64], orders, new byte[63], new byte[65], {}}) {
            assertFalse(Jws.parse(input + Base64Url.encode(signature)).verifiedBy(key.publicKey()));
        }
    }

    @Test
    @DisplayName("RFC 7515 §4.1.11: crit that is not understood; §7.1: not three parts; no alg; beyond the limit")
    void malformed() {
        List<String> texts = List.of(
                Base64Url.encodeText("{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}") + ".e30.AA",
                Base64Url.encodeText("{\"alg\":7}") + ".e30.AA",
                "e30.e30.AA",
                "..",
                "a.b",
                RFC7515_A3 + ".",
                RFC7515_A3 + "=",
                RFC7515_A3.replace("DtEh", "DtE="),
                "A".repeat(Jws.MAX_LENGTH + 1));
        for (String text : texts) {
            assertThrows(JoseException.class, () -> Jws.parse(text));
        }
    }

    @Test
    @DisplayName("What is signed here verifies, and is what was given")
    void signing() throws Exception {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "x+jwt");
        Jws jws = Jws.parse(Jws.sign(header, Map.of("a", "é"), key));
        assertTrue(jws.verifiedBy(key.publicKey()));
        assertEquals("x+jwt", jws.type().orElseThrow());
        assertEquals(Map.of("a", "é"), jws.claims());
        assertThrows(IllegalArgumentException.class, () -> Jws.sign(Map.of("alg", "none"), "{}", key));
    }

    @Test
    @DisplayName("RFC 7518 §6.2: a key off the curve, of another curve, with short coordinates, or private is refused")
    void keys() throws Exception {
        Map<String, Object> jwk = key.publicKey().toJwk();
        assertEquals(key.publicKey(), EcPublicKey.fromJwk(jwk));
        assertEquals(43, key.publicKey().thumbprint().length());
        for (Map.Entry<String, Object> change : Map.<String, Object>of(
                        "x",
                        Base64Url.encode(new byte[32]),
                        "y",
                        Base64Url.encode(new byte[31]),
                        "crv",
                        "P-384",
                        "kty",
                        "OKP",
                        "d",
                        "AA")
                .entrySet()) {
            Map<String, Object> other = new LinkedHashMap<>(jwk);
            other.put(change.getKey(), change.getValue());
            assertThrows(JoseException.class, () -> EcPublicKey.fromJwk(other), change.getKey());
        }
        assertEquals(key.publicKey(), SoftwareKey.fromJwk(key.toPrivateJwk()).publicKey());
        Map<String, Object> mismatched =
                new LinkedHashMap<>(SoftwareKey.generate().toPrivateJwk());
        mismatched.putAll(jwk);
        assertThrows(JoseException.class, () -> SoftwareKey.fromJwk(mismatched));
        assertFalse(key.toString().contains(String.valueOf(key.toPrivateJwk().get("d"))));
    }

    @Test
    @DisplayName("RFC 7638 §3.1: the thumbprint is SHA-256 over crv, kty, x, y in this order")
    void thumbprint() throws Exception {
        String canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + RFC7515_A3_KEY.get("x") + "\",\"y\":\""
                + RFC7515_A3_KEY.get("y") + "\"}";
        assertEquals(
                Base64Url.encode(Sha256.of(canonical.getBytes(StandardCharsets.UTF_8))),
                EcPublicKey.fromJwk(RFC7515_A3_KEY).thumbprint());
    }

    @ParameterizedTest
    @DisplayName("HAIP 1.0 §5: ECDH-ES with both A128GCM and A256GCM round trips; another key does not open it")
    @ValueSource(strings = {"A128GCM", "A256GCM"})
    void jwe(String enc) throws Exception {
        byte[] payload = "{\"vp_token\":{}}".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> header = Map.of("enc", enc, "kid", "1", "apu", "AQ", "apv", "Ag");
        String compact = Jwe.encrypt(payload, header, key.publicKey());
        Jwe opened = Jwe.decrypt(compact, key);
        assertArrayEquals(payload, opened.payload());
        assertEquals("1", opened.header().get("kid"));
        assertEquals(enc, opened.header().get("enc"));
        assertThrows(JoseException.class, () -> Jwe.decrypt(compact, SoftwareKey.generate()));
        assertNotEquals(compact, Jwe.encrypt(payload, header, key.publicKey()), "a fresh ephemeral key each time");
    }

    @Test
    @DisplayName("RFC 8725 §3.6: compression is neither written nor read; other algorithms and oversize are refused")
    void jweRefused() {
        byte[] payload = new byte[10];
        for (Map<String, Object> header : List.<Map<String, Object>>of(
                Map.of("zip", "DEF"),
                Map.of("enc", "A128CBC-HS256"),
                Map.of("alg", "ECDH-ES+A128KW"),
                Map.of("alg", "dir"))) {
            assertThrows(IllegalArgumentException.class, () -> Jwe.encrypt(payload, header, key.publicKey()));
        }
        String zip = Base64Url.encodeText("{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"zip\":\"DEF\",\"epk\":"
                + Json.write(key.publicKey().toJwk()) + "}");
        assertThrows(JoseException.class, () -> Jwe.decrypt(zip + "..AAAA.AAAA.AAAA", key));
        assertThrows(JoseException.class, () -> Jwe.decrypt("A".repeat(Jwe.MAX_LENGTH + 1), key));
        assertThrows(JoseException.class, () -> Jwe.decrypt("a.b.c.d.e", key));
    }

    @ParameterizedTest
    @DisplayName(
            "RFC 7518 §4.6.1.1: an ephemeral key that is none, of another kind, or off the curve is refused, whatever the header")
    @ValueSource(
            strings = {
                "{'alg':'ECDH-ES','enc':'A128GCM'}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':'x'}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'oct','k':'AAAA'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'RSA','n':'AQAB','e':'AQAB'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'OKP','crv':'X25519','x':'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'EC','crv':'P-256','x':'AQ','y':'AQ'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'EC','crv':'P-256','x':'AQ','y':'AQ','d':'AQ'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'EC','crv':'P-257','x':'AQ','y':'AQ'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','epk':{'kty':'EC','crv':'P-521','x':'AQ','y':'AQ'}}",
                "{'alg':'ECDH-ES','enc':'A128GCM','p2c':-1,'epk':{'kty':'EC','crv':'P-256','x':'AQ','y':'AQ'}}",
                "{'alg':'none','enc':'A128GCM'}",
                "{'alg':1,'enc':[]}",
                "{'alg':'','enc':''}",
                "{'alg':'ECDH-ES','enc':'A128GCM','apu':{},'apv':7}",
                "{'alg':'ECDH-ES','enc':'A128GCM','kid':{},'typ':[]}",
                "{'alg':'ECDH-ES','enc':'A128GCM','crit':['b64'],'b64':false}",
                "{'alg':'ECDH-ES','enc':'A128GCM','x5c':['!'],'jku':'::'}",
                "[]",
                "{"
            })
    void jweHeaders(String header) {
        String encoded = Base64Url.encodeText(header.replace('\'', '"'));
        assertThrows(
                JoseException.class,
                () -> Jwe.decrypt(encoded + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA", key));
        assertThrows(JoseException.class, () -> Jwe.decrypt(encoded + ".AAAA.AAAA.AAAA.AAAA", key));
        assertThrows(JoseException.class, () -> Jwe.decrypt(encoded + "....", key));
    }

    @Test
    @DisplayName("Raw and DER signatures: leading zeros are kept in place")
    void rawSignatures() {
        for (int i = 0; i < 300; i++) {
            byte[] input = BigInteger.valueOf(i).toByteArray();
            byte[] signature = key.sign(input);
            assertEquals(64, signature.length);
            assertTrue(key.publicKey().verifies(input, signature));
        }
    }
}
