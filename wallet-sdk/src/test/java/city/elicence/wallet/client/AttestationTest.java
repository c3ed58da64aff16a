package city.elicence.wallet.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.WalletProvider;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HAIP 1.0 §4.4, §4.5: wallet attestation and key attestation")
class AttestationTest {
    private final Town town = new Town();
    private final SoftwareKey providerKey = SoftwareKey.generate();

    private final WalletProvider provider = new WalletProvider() {
        @Override
        public String walletAttestation(EcPublicKey clientKey, String authorizationServer) {
            return Jws.sign(
                    Map.of("typ", "oauth-client-attestation+jwt"),
                    Map.of("sub", "elicence-wallet", "cnf", Map.of("jwk", clientKey.toJwk())),
                    providerKey);
        }

        @Override
        public String keyAttestation(List<EcPublicKey> keys, @Nullable String nonce) {
            List<Object> jwks = new ArrayList<>();
            keys.forEach(key -> jwks.add(key.toJwk()));
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("attested_keys", jwks);
            claims.put("nonce", String.valueOf(nonce));
            return Jws.sign(Map.of("typ", "key-attestation+jwt"), claims, providerKey);
        }
    };

    @BeforeEach
    void vouchedFor() {
        town.wallet = new Wallet(town.parts().vouchedForBy(provider));
    }

    @AfterEach
    void close() {
        town.close();
    }

    private HttpCall call(String path) {
        return town.wire.calls().stream()
                .filter(call -> call.uri().getPath().endsWith(path))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "Attestation-Based Client Authentication §5: attestation and proof of possession go with each token and"
                    + " pushed request")
    void walletAttestation() throws JoseException, JsonException {
        town.issuer.serverTamper =
                metadata -> metadata.put("token_endpoint_auth_methods_supported", List.of("attest_jwt_client_auth"));
        OfferPreview preview = town.wallet
                .readOffer(TownIssuer.link(town.issuer.signInOffer()))
                .orThrow();
        Receiving.SignInNeeded begun =
                (Receiving.SignInNeeded) town.wallet.accept(preview, null).orThrow();
        Receiving done = town.wallet
                .signedIn(town.issuer.signIn(begun.page().toString()))
                .orThrow();
        assertEquals(1, ((Receiving.Received) done).cards().size());
        for (String path : List.of("/par", "/token")) {
            Map<String, String> headers = call(path).headers();
            Jws possession = Jws.parse(Objects.requireNonNull(headers.get("OAuth-Client-Attestation-PoP")));
            assertTrue(possession.verifiedBy(attestedKey(headers.get("OAuth-Client-Attestation"))));
            assertEquals("oauth-client-attestation-pop+jwt", possession.type().orElse(""));
            assertEquals(town.issuer.id(), possession.claims().get("aud"));
            assertEquals("elicence-wallet", possession.claims().get("iss"));
        }
    }

    @Test
    @DisplayName(
            "Attestation-Based Client Authentication §8: a challenge is had where there is an endpoint for it, and then the"
                    + " one that an answer brings")
    void challenges() throws JoseException {
        town.issuer.serverTamper = metadata -> {
            metadata.put("token_endpoint_auth_methods_supported", List.of("attest_jwt_client_auth"));
            metadata.put("challenge_endpoint", town.issuer.id() + "/challenge");
        };
        town.issuer.server.at(
                "/traffic-police/challenge", call -> TownServer.json(200, Map.of("attestation_challenge", "first")));
        OfferPreview preview = town.wallet
                .readOffer(TownIssuer.link(town.issuer.signInOffer()))
                .orThrow();
        Receiving.SignInNeeded begun =
                (Receiving.SignInNeeded) town.wallet.accept(preview, null).orThrow();
        assertEquals("first", challengeAt("/par"));
        assertEquals("POST", call("/challenge").method());
        assertEquals("", call("/challenge").body());
        town.issuer.server.at(
                "/traffic-police/challenge", call -> TownServer.json(200, Map.of("attestation_challenge", "second")));
        town.wallet.signedIn(town.issuer.signIn(begun.page().toString())).orThrow();
        assertEquals("second", challengeAt("/token"), "another exchange of the wallet, another challenge");

        town.issuer.server.at("/traffic-police/challenge", call -> TownServer.json(400, Map.of("error", "no")));
        assertEquals(
                "issuer-refused",
                Town.refusal(town.wallet.accept(
                                town.wallet
                                        .readOffer(TownIssuer.link(town.issuer.offer()))
                                        .orThrow(),
                                null))
                        .code());
    }

    private @Nullable Object challengeAt(String path) throws JoseException {
        return Jws.parse(Objects.requireNonNull(call(path).headers().get("OAuth-Client-Attestation-PoP")))
                .claims()
                .get("challenge");
    }

    @Test
    @DisplayName(
            "HAIP 1.0 §4.4.1: each exchange has a key and an attestation of its own, so no two issuers see the same")
    void neverTwice() throws JoseException, JsonException {
        town.issuer.serverTamper =
                metadata -> metadata.put("token_endpoint_auth_methods_supported", List.of("attest_jwt_client_auth"));
        town.licence();
        String first = call("/token").headers().get("OAuth-Client-Attestation");
        town.licence();
        String second = call("/token").headers().get("OAuth-Client-Attestation");
        assertNotEquals(attestedKey(first), attestedKey(second));
    }

    private static EcPublicKey attestedKey(@Nullable String attestation) throws JoseException, JsonException {
        return EcPublicKey.fromJwk(
                Fields.of(Jws.parse(Objects.requireNonNull(attestation)).claims())
                        .fields("cnf")
                        .object("jwk"));
    }

    @Test
    @DisplayName("A server that does not ask for an attestation gets none")
    void notAsked() {
        assertEquals(3, town.licence().freshCopies());
        assertFalse(town.wire.everything().contains("OAuth-Client-Attestation"));
    }

    @Test
    @DisplayName("OpenID4VCI appendix F.1: one proof with an attestation of all keys of the batch")
    void keyAttestation() throws JoseException, JsonException {
        town.issuer.attestedKeys = true;
        assertEquals(3, town.licence().freshCopies());
        List<String> proofs = Fields.parse(String.valueOf(call("/credential").body()))
                .fields("proofs")
                .strings("jwt");
        assertEquals(1, proofs.size());
        String attestation = Fields.of(Jws.parse(proofs.get(0)).header()).string("key_attestation");
        assertTrue(Jws.parse(attestation).verifiedBy(providerKey.publicKey()));
        assertEquals(
                Jws.parse(proofs.get(0)).claims().get("nonce"),
                Jws.parse(attestation).claims().get("nonce"));
    }

    @Test
    @DisplayName(
            "OpenID4VCI appendix F.3, HAIP 1.0 §4.5.1: a key attestation alone, where the issuer takes that proof type")
    void attestationAlone() throws JoseException, JsonException {
        town.issuer.attestationAlone = true;
        assertEquals(3, town.licence().freshCopies());
        List<String> proofs = Fields.parse(String.valueOf(call("/credential").body()))
                .fields("proofs")
                .strings("attestation");
        assertEquals(1, proofs.size());
        assertTrue(Jws.parse(proofs.get(0)).verifiedBy(providerKey.publicKey()));
    }

    @Test
    @DisplayName("HAIP 1.0 §4.1: logos as SVG and PNG from data: and https:, and from nowhere else")
    void logos() {
        for (String good : List.of(
                "https://police.example/emblem.svg",
                "https://police.example/emblem.png",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "data:image/png;base64,iVBORw0KGgo=")) {
            town.issuer.logo = good;
            assertEquals(good, town.preview().licences().get(0).look().logoUri());
        }
        for (String bad : List.of("http://police.example/emblem.svg", "file:///etc/passwd", "data:text/html,x")) {
            town.issuer.logo = bad;
            assertEquals(null, town.preview().licences().get(0).look().logoUri());
        }
    }
}
