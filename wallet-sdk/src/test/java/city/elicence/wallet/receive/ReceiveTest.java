package city.elicence.wallet.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.StoredKeys;
import city.elicence.wallet.town.MemoryStore;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VCI 1.0: receiving a licence")
class ReceiveTest {
    private final Town town = new Town();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @DisplayName(
            "§12.2.3: who gives what is known before anything is accepted, by signed metadata of an accredited party")
    void preview() {
        OfferPreview preview = town.preview();
        assertEquals(Standing.ACCREDITED, preview.issuer().standing());
        assertEquals("City Traffic Police", preview.issuer().name().en());
        assertEquals("驾驶证", preview.licences().get(0).name().zh());
        assertEquals("#123456", preview.licences().get(0).look().backgroundColour());
        assertNull(preview.txCode());
        assertFalse(preview.signInNeeded());
        assertTrue(town.wire.calls().stream().allMatch(call -> call.method().equals("GET")));
    }

    @Test
    @DisplayName(
            "HAIP §4.1: a server that binds tokens, and says nothing of it beforehand, gets its proofs all the same")
    void dpopUnannounced() {
        town.issuer.serverTamper = metadata -> metadata.remove("dpop_signing_alg_values_supported");
        assertEquals(List.of(town.licence()), town.wallet.cards());
    }

    @Test
    @DisplayName(
            "§3.5, §8: pre-authorised code, DPoP with server nonces, key proofs, batch; the cards are there afterwards")
    void preAuthorised() {
        Card card = town.licence();
        assertEquals(List.of(card), town.wallet.cards());
        assertEquals(CardState.VALID, card.state());
        assertEquals(3, card.freshCopies());
        assertEquals("City Traffic Police", card.issuer().name().en());
        assertEquals(List.of("credential_accepted"), town.issuer.notifications);
        assertEquals(List.of(), town.wallet.pending());
        assertEquals(HistoryEntry.Kind.RECEIVED, town.wallet.history().get(0).kind());
        assertTrue(card.claims().stream()
                .anyMatch(claim -> claim.path().toString().equals("address.district") && claim.selective()));
        assertTrue(card.claims().stream()
                .anyMatch(claim -> claim.path().toString().equals("issuing_authority") && !claim.selective()));
        assertTrue(card.claims().stream().anyMatch(claim -> claim.label().zh().equals("姓")));
    }

    @Test
    @DisplayName("§4.1.3: an offer by reference")
    void byReference() {
        town.issuer.server.at("/offers/1", call -> TownServer.json(200, town.issuer.offer()));
        String link =
                Form.append("haip-vci://", Map.of("credential_offer_uri", town.issuer.server.base() + "/offers/1"));
        assertInstanceOf(
                Receiving.Received.class,
                town.wallet.accept(town.wallet.readOffer(link).orThrow(), null).orThrow());
    }

    @Test
    @DisplayName(
            "RFC 9449 §8.2: the nonce that came with an offer is in the first proof, and never in one of another reception")
    void nonceWithOffer() {
        List<String> nonces = new ArrayList<>();
        town.issuer.server.at(
                "/offers/1", call -> TownServer.json(200, town.issuer.offer(), "DPoP-Nonce", "of this offer"));
        town.issuer.server.at("/traffic-police/token", call -> {
            nonces.add(nonceOfProof(call));
            return TownServer.json(400, Map.of("error", "invalid_grant"), "DPoP-Nonce", "another");
        });
        String byReference =
                Form.append("haip-vci://", Map.of("credential_offer_uri", town.issuer.server.base() + "/offers/1"));
        String byValue = Form.append("haip-vci://", Map.of("credential_offer", Json.write(town.issuer.offer())));
        for (String link : List.of(byReference, byValue)) {
            assertInstanceOf(
                    Outcome.Refused.class,
                    town.wallet.accept(town.wallet.readOffer(link).orThrow(), null));
        }
        assertEquals(List.of("of this offer", ""), nonces);
    }

    @Test
    @DisplayName(
            "RFC 9449 §8.2: of two receptions at once, each proves itself with the nonce that came with its own offer")
    void noncesOfTwo() {
        List<String> nonces = new ArrayList<>();
        List<OfferPreview> previews = new ArrayList<>();
        for (String number : List.of("1", "2")) {
            String path = "/offers/" + number;
            town.issuer.server.at(
                    path, call -> TownServer.json(200, town.issuer.offer(), "DPoP-Nonce", "of offer " + number));
            previews.add(town.wallet
                    .readOffer(Form.append(
                            "haip-vci://", Map.of("credential_offer_uri", town.issuer.server.base() + path)))
                    .orThrow());
        }
        town.issuer.server.at("/traffic-police/token", call -> {
            nonces.add(nonceOfProof(call));
            return TownServer.json(400, Map.of("error", "invalid_grant"), "DPoP-Nonce", "of an answer");
        });
        for (OfferPreview preview : previews) {
            assertTrue(Town.refusal(town.wallet.accept(preview, null)).is(Reason.OFFER_NOT_HONOURED));
        }
        assertEquals(List.of("of offer 1", "of offer 2"), nonces);
    }

    private static String nonceOfProof(HttpCall call) {
        try {
            Jws proof = Jws.parse(String.valueOf(new HttpReply(0, call.headers(), "").header("DPoP")));
            return Fields.of(proof.claims()).optString("nonce").orElse("");
        } catch (JoseException | JsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("§4.1: an https link that opens the wallet holds an offer as well as a custom scheme does")
    void httpsLink() {
        String link = Form.append(
                "https://wallet.example/offer", Map.of("credential_offer", Json.write(town.issuer.offer())));
        assertEquals(1, town.wallet.readOffer(link).orThrow().licences().size());
    }

    @Test
    @DisplayName("§6.1: a transaction code goes with the token request, and a wrong one gives nothing")
    void transactionCode() {
        town.issuer.txCode = "123456";
        OfferPreview preview = town.preview();
        assertNotNull(preview.txCode());
        assertTrue(Town.refusal(town.wallet.accept(preview, null)).is(Reason.TX_CODE_NEEDED));
        assertTrue(Town.refusal(town.wallet.accept(preview, "12345")).is(Reason.TX_CODE_MALFORMED));
        assertTrue(Town.refusal(town.wallet.accept(preview, "12345x")).is(Reason.TX_CODE_MALFORMED));
        assertEquals(0, town.issuer.tokensGiven);
        assertTrue(Town.refusal(town.wallet.accept(preview, "654321")).is(Reason.OFFER_NOT_HONOURED));
        assertInstanceOf(
                Receiving.Received.class,
                town.wallet.accept(town.preview(), "123456").orThrow());
    }

    @Test
    @DisplayName("§6.2: named credential identifiers are asked for, one licence each")
    void identifiers() {
        town.issuer.identifiers = List.of("licence-a", "licence-b");
        Receiving.Received received =
                (Receiving.Received) town.wallet.accept(town.preview(), null).orThrow();
        assertEquals(2, received.cards().size());
        assertEquals(2, town.wallet.cards().size());
        assertNotEquals(received.cards().get(0).id(), received.cards().get(1).id());
    }

    @Test
    @DisplayName("§9: a deferred licence is asked for again, and comes")
    void deferred() {
        town.issuer.deferrals = 2;
        Receiving.Later later =
                (Receiving.Later) town.wallet.accept(town.preview(), null).orThrow();
        assertEquals(Duration.ofSeconds(60), later.askAgainAfter());
        assertEquals(List.of(), town.wallet.cards());
        assertEquals(PendingReceipt.Step.DEFERRED, town.wallet.pending().get(0).step());
        town.restart();
        assertInstanceOf(
                Receiving.Later.class, town.wallet.resume(later.pendingId()).orThrow());
        assertInstanceOf(
                Receiving.Received.class, town.wallet.resume(later.pendingId()).orThrow());
        assertEquals(1, town.wallet.cards().size());
    }

    @Test
    @DisplayName("§10: requests and responses are encrypted where the issuer requires it")
    void encrypted() {
        town.issuer.encrypts = true;
        assertEquals(3, town.licence().freshCopies());
        HttpCall asked = town.wire.calls().stream()
                .filter(call -> call.uri().getPath().endsWith("/credential"))
                .findFirst()
                .orElseThrow();
        assertEquals("application/jwt", asked.headers().get("Content-Type"));
    }

    @Test
    @DisplayName("§8.3.1.2: a nonce that has run out is fetched again")
    void staleNonce() {
        boolean[] once = {false};
        town.issuer.server.at("/traffic-police/nonce", call -> {
            if (!once[0]) {
                once[0] = true;
                return TownServer.json(200, Map.of("c_nonce", "stale"));
            }
            return town.issuer.freshNonce();
        });
        assertEquals(3, town.licence().freshCopies());
    }

    @Test
    @DisplayName("RFC 6749 §6: a token that has run out while an issue was deferred is refreshed")
    void refreshed() {
        town.issuer.deferrals = 1;
        town.issuer.refreshes = true;
        Receiving.Later later =
                (Receiving.Later) town.wallet.accept(town.preview(), null).orThrow();
        town.issuer.revokeTokens();
        assertInstanceOf(
                Receiving.Received.class, town.wallet.resume(later.pendingId()).orThrow());
    }

    @Test
    @DisplayName("A stock issuer: no signed metadata, no DPoP, no nonce, no batch, no extension of ours")
    void plainIssuer() {
        town.issuer.signsMetadata = false;
        town.issuer.bindsTokens = false;
        town.issuer.wantsNonce = false;
        town.issuer.batchSize = 1;
        town.issuer.metadataTamper = metadata -> {
            metadata.remove("receipt_endpoint");
            metadata.remove("notification_endpoint");
            metadata.remove("deferred_credential_endpoint");
        };
        OfferPreview preview = town.preview();
        assertEquals(Standing.UNPROVEN, preview.issuer().standing());
        Receiving.Received received =
                (Receiving.Received) town.wallet.accept(preview, null).orThrow();
        assertEquals(Standing.ACCREDITED, received.cards().get(0).issuer().standing());
        assertEquals(0, town.wallet.fetchReceipts());
    }

    @Test
    @DisplayName("An issuer that nobody in the city knows gives nothing, unless the holder says that they know it")
    void stranger() {
        town.ledger.forget(town.issuer.party);
        OfferPreview preview = town.preview();
        assertEquals(Standing.UNPROVEN, preview.issuer().standing());
        assertTrue(Town.refusal(town.wallet.accept(preview, null)).is(Reason.ISSUER_NOT_ACCREDITED));
        assertEquals(List.of(), town.wallet.cards());
        assertEquals(List.of("credential_failure"), town.issuer.notifications);
        Receiving.Received received = (Receiving.Received) town.wallet
                .accept(town.preview().evenThoughNobodyVouchesForTheIssuer(), null)
                .orThrow();
        assertEquals(Standing.STRANGER, received.cards().get(0).issuer().standing());
    }

    @Test
    @DisplayName("What the wallet is to forget, it forgets: pending receipt, keys, card, all")
    void forgetting() {
        town.issuer.deferrals = 5;
        Receiving.Later later =
                (Receiving.Later) town.wallet.accept(town.preview(), null).orThrow();
        assertTrue(town.wallet.forget(later.pendingId()));
        assertFalse(town.wallet.forget(later.pendingId()));
        assertEquals(List.of(), town.keyStore.names());
        town.issuer.deferrals = 0;
        Card card = town.licence();
        assertEquals(3, town.keyStore.names().size());
        assertEquals(card.id(), town.wallet.delete(card.id()).orThrow().id());
        assertEquals(List.of(), town.keyStore.names());
        assertTrue(Town.refusal(town.wallet.delete(card.id())).is(Reason.NOT_FOUND));
        town.licence();
        assertEquals(1, town.wallet.deleteEverything());
        assertEquals(List.of(), town.store.names());
        assertEquals(List.of(), town.keyStore.names());
    }

    @Test
    @DisplayName(
            "Deleting everything forgets the keys of what is pending, also those that were at hand, in one store or two")
    void forgottenKeys() {
        for (MemoryStore keyStore : List.of(town.keyStore, town.store)) {
            town.issuer.deferrals = 5;
            List<String> made = new ArrayList<>();
            StoredKeys keys = new StoredKeys(keyStore);
            town.wallet = new Wallet(WalletParts.of(keys, town.store, () -> town.ledger)
                    .withHttp(town.wire)
                    .withClock(town.clock));
            assertInstanceOf(
                    Receiving.Later.class,
                    town.wallet.accept(town.preview(), null).orThrow());
            keyStore.names("key").forEach(name -> made.add(name.substring("key-".length())));
            assertEquals(4, made.size(), "one for each copy, and the client's");
            assertEquals(0, town.wallet.deleteEverything());
            for (String alias : made) {
                assertNull(keys.open(alias), alias);
            }
        }
    }

    @Test
    @DisplayName("§12.2.4: of several authorization servers, the first that takes the grant of the offer")
    void severalServers() {
        town.issuer.server.at(
                "/.well-known/oauth-authorization-server/other",
                call -> TownServer.json(
                        200,
                        Map.of(
                                "issuer", town.issuer.server.base() + "/other",
                                "token_endpoint", town.issuer.server.base() + "/other/token",
                                "grant_types_supported", List.of("client_credentials"))));
        town.issuer.metadataTamper = metadata ->
                metadata.put("authorization_servers", List.of(town.issuer.server.base() + "/other", town.issuer.id()));
        town.issuer.serverTamper = metadata ->
                metadata.put("grant_types_supported", List.of("urn:ietf:params:oauth:grant-type:pre-authorized_code"));
        assertEquals(3, town.licence().freshCopies());
    }

    @Test
    @DisplayName("§14: the issuer's identifier, with a trailing slash, is looked up with the slash")
    void trailingSlash() {
        String slashed = town.issuer.id() + "/";
        Map<String, Object> offer = town.issuer.offer();
        offer.put("credential_issuer", slashed);
        assertTrue(Town.refusal(town.wallet.readOffer(TownIssuer.link(offer))).is(Reason.ISSUER_METADATA_INVALID));
        assertEquals(
                "/.well-known/openid-credential-issuer/traffic-police/",
                town.wire.calls().get(0).uri().getPath());
    }
}
