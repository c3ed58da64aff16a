package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Key attestation (OpenID4VCI 1.0 Appendix D, F.1, F.3) and encryption (§10)")
class KeyAttestationTest {
    private static final String TYPE = "driving-licence";
    private static TestCity city;
    private static Desk desk;
    private final SoftwareKey provider = SoftwareKey.generate();
    private final SoftwareKey first = SoftwareKey.generate();
    private final SoftwareKey second = SoftwareKey.generate();
    private RawWallet wallet = new RawWallet(new MovableClock());

    @BeforeAll
    static void open() {
        city = new TestCity();
        desk = new Desk(city, city.police);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @BeforeEach
    void token() {
        wallet = new RawWallet(city.clock).discover(city.issuer(city.police));
        assertEquals(200, wallet.tokenFor(desk.offered(TYPE)).status());
    }

    private String attestation(TestAuthority authority, SoftwareKey signer, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iat", city.clock.instant().getEpochSecond());
        claims.put("exp", city.clock.instant().plus(Duration.ofDays(1)).getEpochSecond());
        claims.put(
                "attested_keys",
                List.of(first.publicKey().toJwk(), second.publicKey().toJwk()));
        claims.put("nonce", wallet.nonce());
        claims.putAll(more);
        List<String> x5c = authority.chainFor(provider, "provider", "").toX5c();
        return Jws.sign(Map.of("typ", "key-attestation+jwt", "x5c", x5c), claims, signer);
    }

    private String good(Map<String, Object> more) {
        return attestation(city.walletProvider, provider, more);
    }

    private Http.Answer alone(String attestation) {
        return wallet.credential(
                Map.of("credential_configuration_id", TYPE, "proofs", Map.of("attestation", List.of(attestation))));
    }

    private Http.Answer withJwt(String attestation, SoftwareKey signer, Map<String, Object> named) {
        return withJwts(List.of(jwt(attestation, signer, named, wallet.nonce())));
    }

    private Http.Answer withJwts(List<String> proofs) {
        return wallet.credential(Map.of("credential_configuration_id", TYPE, "proofs", Map.of("jwt", proofs)));
    }

    private static String jwt(String attestation, SoftwareKey signer, Map<String, Object> named, String nonce) {
        Map<String, Object> header = new LinkedHashMap<>(named);
        header.put("typ", "openid4vci-proof+jwt");
        header.put("key_attestation", attestation);
        Map<String, Object> claims = Map.of(
                "aud", city.issuer(city.police),
                "iat", city.clock.instant().getEpochSecond(),
                "nonce", nonce);
        return Jws.sign(header, claims, signer);
    }

    private static List<EcPublicKey> holders(Http.Answer answer) throws Exception {
        List<EcPublicKey> holders = new ArrayList<>();
        for (String credential : RawWallet.credentials(answer)) {
            holders.add(SdJwtVc.of(SdJwt.parse(credential)).holderKey().orElseThrow());
        }
        return holders;
    }

    @Test
    @DisplayName("F.3: the attestation proof type gives a credential for each attested key")
    void attestationAlone() throws Exception {
        assertEquals(List.of(first.publicKey(), second.publicKey()), holders(alone(good(Map.of()))));
    }

    @Test
    @DisplayName("F.1: a jwt proof with key_attestation gives a credential for each attested key; kid points into it")
    void withProof() throws Exception {
        Http.Answer answer = withJwt(good(Map.of()), second, Map.of("kid", "1"));
        assertEquals(List.of(first.publicKey(), second.publicKey()), holders(answer));
    }

    @Test
    @DisplayName("F.1: proofs by each key, all with the one attestation of them (HAIP 1.0 §4.5.1), give each key one")
    void oneAttestationInEachProof() throws Exception {
        String attestation = good(Map.of());
        String nonce = wallet.nonce();
        List<String> proofs = List.of(
                jwt(attestation, second, Map.of("kid", "1"), nonce),
                jwt(attestation, first, Map.of("kid", "0"), nonce));
        assertEquals(
                "invalid_proof", withJwts(List.of(proofs.get(0), proofs.get(0))).error(), "one key twice");
        assertEquals(List.of(first.publicKey(), second.publicKey()), holders(withJwts(proofs)));
    }

    @Test
    @DisplayName("F.1: the proof is signed by a key that the attestation contains")
    void foreignSigner() {
        SoftwareKey other = SoftwareKey.generate();
        Http.Answer answer =
                withJwt(good(Map.of()), other, Map.of("jwk", other.publicKey().toJwk()));
        assertEquals("invalid_proof", answer.error());
    }

    @Test
    @DisplayName("D.1: signature, provider, type, expiry and nonce of the attestation are checked")
    void wrong() {
        assertEquals(
                "invalid_proof",
                alone(attestation(city.walletProvider, SoftwareKey.generate(), Map.of()))
                        .error());
        assertEquals(
                "invalid_proof",
                alone(attestation(new TestAuthority("nobody"), provider, Map.of()))
                        .error());
        long past = city.clock.instant().minusSeconds(60).getEpochSecond();
        assertEquals("invalid_proof", alone(good(Map.of("exp", past))).error());
        assertEquals(
                "invalid_proof", alone(good(Map.of("attested_keys", List.of()))).error());
        assertEquals("invalid_nonce", alone(good(Map.of("nonce", "my own"))).error());
        assertEquals("invalid_proof", alone("x").error());
    }

    private Map<String, Object> encryptionKey() throws Exception {
        return Fields.of(wallet.metadata)
                .fields("credential_request_encryption")
                .fields("jwks")
                .objects("keys")
                .getFirst();
    }

    private Http.Answer encrypted(Map<String, Object> request, Map<String, Object> header) throws Exception {
        byte[] payload = Json.write(request).getBytes(StandardCharsets.UTF_8);
        String jwe = Jwe.encrypt(payload, header, EcPublicKey.fromJwk(encryptionKey()));
        return wallet.callOnceOrTwice(wallet.endpoint("credential_endpoint"), "application/jwt", jwe);
    }

    private Map<String, Object> asking(SoftwareKey responseKey, String enc) {
        Map<String, Object> jwk = new LinkedHashMap<>(responseKey.publicKey().toJwk());
        jwk.put("alg", "ECDH-ES");
        jwk.put("kid", "mine");
        Map<String, Object> request = new LinkedHashMap<>(wallet.request(TYPE, wallet.nonce(), first));
        request.put("credential_response_encryption", Map.of("jwk", jwk, "enc", enc));
        return request;
    }

    @Test
    @DisplayName("§10: an encrypted request is read, and its response encrypted to the key in it, with that key's kid")
    void sealedBothWays() throws Exception {
        SoftwareKey responseKey = SoftwareKey.generate();
        for (String enc : List.of("A128GCM", "A256GCM")) {
            Map<String, Object> header = Map.of("kid", RawWallet.text(encryptionKey(), "kid"), "enc", enc);
            Http.Answer answer = encrypted(asking(responseKey, enc), header);
            assertEquals(200, answer.status(), answer::text);
            assertEquals("application/jwt", answer.header("Content-Type").orElseThrow());
            Jwe jwe = Jwe.decrypt(answer.text(), responseKey);
            assertEquals("mine", jwe.header().get("kid"));
            assertEquals(1, Fields.of(jwe.claims()).objects("credentials").size());
        }
    }

    @Test
    @DisplayName("§8.2, §8.3.1.2: other encryption, a foreign kid, or a response key in the clear are"
            + " invalid_encryption_parameters")
    void encryptionErrors() throws Exception {
        Map<String, Object> header = Map.of("kid", RawWallet.text(encryptionKey(), "kid"));
        SoftwareKey key = SoftwareKey.generate();
        assertEquals(
                "invalid_encryption_parameters",
                encrypted(asking(key, "A192CBC-HS384"), header).error());
        assertEquals(
                "invalid_encryption_parameters",
                encrypted(asking(key, "A128GCM"), Map.of("kid", "x")).error());
        assertEquals(
                "invalid_encryption_parameters",
                wallet.credential(asking(key, "A128GCM")).error());
        String endpoint = wallet.endpoint("credential_endpoint");
        assertEquals(
                "invalid_encryption_parameters",
                wallet.callOnceOrTwice(endpoint, "application/jwt", "not a jwe").error());
    }
}
