package city.elicence.credentials.sdjwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The few values of RFC 9901 on which all else stands. */
class Rfc9901FactsTest {
    private static final String FAMILY_NAME = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";

    @Test
    @DisplayName("§4.2.1 the disclosure of family_name")
    void property() throws Exception {
        Disclosure disclosure = Disclosure.parse(FAMILY_NAME);
        assertEquals("_26bc4LT-ac6q2KI6cBW5es", disclosure.salt());
        assertEquals("family_name", disclosure.name());
        assertEquals("Möbius", disclosure.value());
    }

    @ParameterizedTest
    @DisplayName("§4.2.1 variations in white space and encoding are allowed")
    @ValueSource(
            strings = {
                "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
                "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
                "WwoiXzI2YmM0TFQtYWM2cTJLSTZjQlc1ZXMiLAoiZmFtaWx5X25hbWUiLAoiTcO2Yml1cyIKXQ"
            })
    void variations(String encoded) throws Exception {
        Disclosure disclosure = Disclosure.parse(encoded);
        assertEquals("family_name", disclosure.name());
        assertEquals("Möbius", disclosure.value());
        assertEquals(encoded, disclosure.encoded());
    }

    @Test
    @DisplayName("§4.2.3 the digest of that disclosure")
    void digest() throws Exception {
        assertEquals(
                "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
                Disclosure.parse(FAMILY_NAME).digest(HashAlgorithm.SHA_256));
    }

    @Test
    @DisplayName("§4.2.2 and §4.2.4.2 the disclosure of an array element and its digest")
    void element() throws Exception {
        Disclosure disclosure = Disclosure.parse("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0");
        assertNull(disclosure.name());
        assertEquals("FR", disclosure.value());
        assertEquals("w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs", disclosure.digest(HashAlgorithm.SHA_256));
    }

    @Test
    @DisplayName("§4.2.4.2 without the disclosure the element is not there, with it it is in its place")
    void arrayInPayload() throws Exception {
        Map<String, Object> payload = Json.parseObject("""
                {"nationalities": ["DE", {"...":"w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"}, "US"]}""");
        assertEquals(
                Map.of("nationalities", List.of("DE", "US")),
                Disclosing.process(payload, List.of()).claims());
        assertEquals(
                Map.of("nationalities", List.of("DE", "FR", "US")),
                Disclosing.process(payload, List.of(Disclosure.parse("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0")))
                        .claims());
    }

    @Test
    @DisplayName("§5.1 the claims under Contents of the payload hash to the digests of the payload")
    void issuance() {
        // Disclosures 2GLC42sKQveCfGfryNRN9w (given_name) and eluV5Og3gSNII8EYnsxA_A (family_name) of §5.1.
        assertEquals(
                "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
                HashAlgorithm.SHA_256.digest("WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd"));
        assertEquals(
                "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo",
                HashAlgorithm.SHA_256.digest("WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd"));
    }

    @Test
    @DisplayName("A.5 the issuer's key of the examples lies on P-256")
    void key() throws Exception {
        EcPublicKey key = EcPublicKey.fromJwk(KEY);
        assertEquals(KEY, key.toJwk());
    }

    static final Map<String, Object> KEY = Map.of(
            "kty", "EC",
            "crv", "P-256",
            "x", "b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",
            "y", "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8");

    static boolean signedByExampleKey(Jws jws) throws Exception {
        return jws.verifiedBy(EcPublicKey.fromJwk(KEY));
    }
}
