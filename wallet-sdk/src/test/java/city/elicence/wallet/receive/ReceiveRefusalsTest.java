package city.elicence.wallet.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.Townsfolk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VCI 1.0: what a wallet does not accept, by name, each party swapped in turn")
class ReceiveRefusalsTest {
    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    private void offerRefused(Reason reason, String link) {
        assertEquals(reason.code(), Town.refusal(town.wallet.readOffer(link)).code());
    }

    private void acceptRefused(Reason reason) {
        acceptRefused(reason.code());
    }

    private void acceptRefused(String code) {
        assertEquals(
                code, Town.refusal(town.wallet.accept(town.preview(), null)).code());
        assertEquals(List.of(), town.wallet.cards());
        assertEquals(List.of(), town.wallet.pending());
        assertEquals(List.of(), town.keyStore.names());
    }

    @Test
    @DisplayName("§4.1: what is not an offer")
    void unreadable() {
        offerRefused(Reason.OFFER_UNREADABLE, "hello");
        offerRefused(Reason.OFFER_UNREADABLE, "openid-credential-offer://?credential_offer=%7B");
        offerRefused(Reason.OFFER_UNREADABLE, "openid-credential-offer://?credential_offer=%7B%7D");
        offerRefused(Reason.OFFER_UNREADABLE, "openid-credential-offer://?credential_offer_uri=http://far.example/");
        offerRefused(Reason.OFFER_UNREADABLE, "openid-credential-offer://?credential_offer=%ZZ");
        String huge = "openid-credential-offer://?credential_offer=" + "x".repeat(20_000);
        offerRefused(Reason.OFFER_UNREADABLE, huge);
        Map<String, Object> offer = town.issuer.offer();
        String both = TownIssuer.link(offer) + "&credential_offer_uri=https%3A%2F%2Fissuer.example%2Fo";
        offerRefused(Reason.OFFER_UNREADABLE, both);
        offer.put("credential_issuer", "http://far.example/issuer");
        offerRefused(Reason.OFFER_UNREADABLE, TownIssuer.link(offer));
        offer.put("credential_issuer", town.issuer.id() + "?tenant=x");
        offerRefused(Reason.OFFER_UNREADABLE, TownIssuer.link(offer));
        offer.put("credential_issuer", town.issuer.id());
        offer.put("credential_configuration_ids", List.of());
        offerRefused(Reason.OFFER_UNREADABLE, TownIssuer.link(offer));
    }

    @Test
    @DisplayName("§4.1.1: the offer of issuer A with an authorization server of B that A does not list")
    void foreignAuthorizationServer() {
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("pre-authorized_code", "code");
        grant.put("authorization_server", "https://other.example");
        Map<String, Object> offer = town.issuer.offer();
        offer.put("grants", Map.of("urn:ietf:params:oauth:grant-type:pre-authorized_code", grant));
        offerRefused(Reason.ISSUER_MISMATCH, TownIssuer.link(offer));
    }

    @Test
    @DisplayName("§12.2.4: metadata that name another issuer are not used")
    void metadataOfAnother() {
        town.issuer.metadataTamper = metadata -> metadata.put("credential_issuer", "https://other.example");
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
        town.issuer.signsMetadata = false;
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
    }

    @Test
    @DisplayName("§12.2.3: metadata signed about another subject are not used")
    void signedAboutAnother() {
        try (Town other = new Town()) {
            town.issuer.server.at(
                    "/.well-known/openid-credential-issuer/traffic-police", call -> other.issuer.signedMetadata());
            offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
        }
    }

    @Test
    @DisplayName(
            "RFC 8414 §3.3: authorization server metadata that name another server, so that B's token endpoint stood"
                    + " in for A's")
    void tokenEndpointOfAnother() {
        town.issuer.serverTamper = metadata -> metadata.put("issuer", "https://other.example");
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
    }

    @Test
    @DisplayName("§12.2.4: endpoints that are not https")
    void endpointsInClear() {
        town.issuer.metadataTamper = metadata -> metadata.put("credential_endpoint", "http://far.example/credential");
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
        town.issuer.metadataTamper = metadata -> {};
        town.issuer.serverTamper = metadata -> metadata.put("token_endpoint", "http://far.example/token");
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
    }

    @Test
    @DisplayName("§12.2.4: a format, a proof type or an encryption that this wallet does not do")
    void notSupported() {
        town.issuer.metadataTamper = metadata -> configuration(metadata).put("format", "ldp_vc");
        offerRefused(Reason.OFFER_NOT_SUPPORTED, TownIssuer.link(town.issuer.offer()));
        town.issuer.metadataTamper = metadata -> configuration(metadata)
                .put(
                        "proof_types_supported",
                        Map.of("jwt", Map.of("proof_signing_alg_values_supported", List.of("ES512"))));
        offerRefused(Reason.OFFER_NOT_SUPPORTED, TownIssuer.link(town.issuer.offer()));
        town.issuer.metadataTamper = metadata -> metadata.put(
                "credential_response_encryption",
                Map.of(
                        "alg_values_supported", List.of("RSA-OAEP"),
                        "enc_values_supported", List.of("A128GCM"),
                        "encryption_required", true));
        offerRefused(Reason.OFFER_NOT_SUPPORTED, TownIssuer.link(town.issuer.offer()));
        town.issuer.metadataTamper = metadata -> configuration(metadata).put("format", 7L);
        offerRefused(Reason.ISSUER_METADATA_INVALID, TownIssuer.link(town.issuer.offer()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> configuration(Map<String, Object> metadata) {
        Object all = Objects.requireNonNull(metadata.get("credential_configurations_supported"));
        return (Map<String, Object>) Objects.requireNonNull(((Map<String, Object>) all).get(TownIssuer.CONFIGURATION));
    }

    @Test
    @DisplayName("§6.3: a pre-authorised code is good once")
    void codeUsedTwice() {
        Map<String, Object> offer = town.issuer.offer();
        OfferPreview preview = town.wallet.readOffer(TownIssuer.link(offer)).orThrow();
        assertInstanceOf(
                Receiving.Received.class, town.wallet.accept(preview, null).orThrow());
        assertTrue(Town.refusal(town.wallet.accept(preview, null)).is(Reason.OFFER_NOT_HONOURED));
        assertEquals(1, town.wallet.cards().size());
    }

    @Test
    @DisplayName("RFC 9449 §5: a server that binds tokens, and gives one that is not bound")
    void tokenNotBound() {
        town.issuer.tokenTamper = token -> token.put("token_type", "Bearer");
        acceptRefused(Reason.TOKEN_NOT_BOUND);
    }

    @Test
    @DisplayName("§8.3: a licence of another type than was offered")
    void anotherType() {
        town.ledger.mayIssue(town.issuer.party, "fishing-licence", "https://types.example/fishing");
        town.ledger.mayIssue(town.issuer.party, "driving-licence", TownIssuer.VCT);
        town.issuer.claimsTamper = claims -> claims.put("vct", "https://types.example/fishing");
        acceptRefused(Reason.LICENCE_OF_ANOTHER_TYPE);
    }

    @Test
    @DisplayName("§8.3: a licence that is bound to another's key, to none, or two copies to the same")
    void anotherKey() {
        Map<String, Object> stolen =
                Map.of("jwk", SoftwareKey.generate().publicKey().toJwk());
        town.issuer.claimsTamper = claims -> claims.put("cnf", stolen);
        acceptRefused(Reason.LICENCE_OF_ANOTHER_KEY);
        town.issuer.claimsTamper = claims -> claims.remove("cnf");
        acceptRefused(Reason.LICENCE_OF_ANOTHER_KEY);
        town.issuer.claimsTamper = claims -> {};
        town.issuer.credentialsTamper = credentials -> credentials.set(1, credentials.get(0));
        acceptRefused(Reason.LICENCE_OF_ANOTHER_KEY);
        town.issuer.credentialsTamper = credentials -> credentials.addAll(new ArrayList<>(credentials));
        acceptRefused(Reason.LICENCE_OF_ANOTHER_KEY);
    }

    @Test
    @DisplayName("A licence signed by B, offered by A: both accredited, and yet not the same")
    void anotherIssuer() {
        Townsfolk other = Townsfolk.named("Market Regulator", town.clock.instant());
        town.ledger.mayIssue(other, "driving-licence", TownIssuer.VCT);
        town.issuer.signer = other;
        acceptRefused(Reason.ISSUER_MISMATCH);
    }

    @Test
    @DisplayName(
            "A licence whose signature, accreditation or period is not good is refused by the code that verifiers use")
    void notGenuine() {
        town.issuer.credentialsTamper = credentials -> {
            @SuppressWarnings("unchecked")
            Map<String, Object> first = (Map<String, Object>) credentials.get(0);
            first.put("credential", flipped(String.valueOf(first.get("credential"))));
        };
        acceptRefused(Refusal.ISSUER_SIGNATURE_INVALID.code());
        town.issuer.credentialsTamper = credentials -> {};
        town.issuer.claimsTamper = claims ->
                claims.put("exp", town.clock.instant().minusSeconds(86_400).getEpochSecond());
        acceptRefused(Refusal.EXPIRED.code());
        town.issuer.claimsTamper = claims -> {};
        town.issuer.signer = Townsfolk.named("Impostor", town.clock.instant());
        acceptRefused(Refusal.ISSUER_UNKNOWN.code());
        town.issuer.signer = town.issuer.party;
        town.ledger.mayIssue(town.issuer.party, "fishing-licence", "https://types.example/fishing");
        acceptRefused(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE.code());
    }

    private static String flipped(String credential) {
        int signature = credential.indexOf('~') - 10;
        char other = credential.charAt(signature) == 'A' ? 'B' : 'A';
        return credential.substring(0, signature) + other + credential.substring(signature + 1);
    }

    @Test
    @DisplayName("§8.3: what is no licence at all")
    void unreadableLicence() {
        town.issuer.credentialsTamper = credentials -> credentials.set(0, Map.of("credential", "not~a~licence"));
        acceptRefused(Reason.LICENCE_UNREADABLE);
        town.issuer.credentialsTamper = credentials -> credentials.set(0, Map.of("credential", 7L));
        acceptRefused(Reason.LICENCE_UNREADABLE);
        town.issuer.credentialsTamper = List::clear;
        acceptRefused(Reason.LICENCE_UNREADABLE);
    }

    @Test
    @DisplayName("§8.3.1: what the issuer refuses is told by its code")
    void issuerRefuses() {
        town.issuer.tokenTamper = token -> token.put(
                "authorization_details",
                List.of(Map.of(
                        "type",
                        "openid_credential",
                        "credential_configuration_id",
                        TownIssuer.CONFIGURATION,
                        "credential_identifiers",
                        List.of("unheard-of"))));
        acceptRefused(Reason.ISSUER_REFUSED);
    }

    @Test
    @DisplayName("A key attestation that the issuer requires, and nobody who could give one")
    void attestationRequired() {
        town.issuer.metadataTamper = metadata -> configuration(metadata)
                .put(
                        "proof_types_supported",
                        Map.of(
                                "attestation",
                                Map.of(
                                        "proof_signing_alg_values_supported",
                                        List.of("ES256"),
                                        "key_attestations_required",
                                        Map.of())));
        acceptRefused(Reason.OFFER_NOT_SUPPORTED);
    }

    @Test
    @DisplayName("A store that is full keeps the wallet from accepting, and nothing is asked of the issuer")
    void storeFull() {
        OfferPreview preview = town.preview();
        town.store.full(true);
        assertTrue(Town.refusal(town.wallet.accept(preview, null)).is(Reason.STORE));
        assertEquals(0, town.issuer.tokensGiven);
    }

    @Test
    @DisplayName("Refusals speak Chinese and English, and say what to do next")
    void words() {
        for (Reason reason : Reason.values()) {
            assertTrue(reason.refusal("").sentence().zh().matches(".*[\\u4e00-\\u9fff].*"), reason.code());
            assertTrue(reason.refusal("").sentence().en().endsWith("."), reason.code());
            assertTrue(reason.refusal("").nextStep().zh().matches(".*[\\u4e00-\\u9fff].*"), reason.code());
            assertTrue(reason.refusal("").nextStep().en().endsWith("."), reason.code());
        }
    }

    @Test
    @DisplayName("A form with a name twice is no form (RFC 6749 §3.1)")
    void twice() {
        String link = TownIssuer.link(town.issuer.offer());
        offerRefused(
                Reason.OFFER_UNREADABLE,
                link + "&" + Form.encode(Map.of("credential_offer", Json.write(town.issuer.offer()))));
    }
}
