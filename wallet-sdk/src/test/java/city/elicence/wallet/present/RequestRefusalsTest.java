package city.elicence.wallet.present;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import city.elicence.wallet.town.TownServer;
import city.elicence.wallet.town.TownVerifier;
import city.elicence.wallet.town.Townsfolk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OpenID4VP 1.0: what a wallet does not answer, by name, each party swapped in turn")
class RequestRefusalsTest {
    private final Town town = new Town();
    private final TownVerifier bank = new TownVerifier(Townsfolk.named("Bank", town.clock.instant()));

    @BeforeEach
    void licence() {
        town.ledger.mayAsk(bank.party, "driving-licence", "family_name");
        assertEquals(3, town.licence().freshCopies());
    }

    @AfterEach
    void close() {
        bank.close();
        town.close();
    }

    private void refused(Reason reason, String error) {
        refused(reason.code(), error);
    }

    private void refused(String code, String error) {
        refused(code, error, bank.link(false));
    }

    private void refused(String code, String error, String link) {
        bank.responses.clear();
        assertEquals(code, Town.refusal(town.wallet.readRequest(link)).code());
        assertTrue(bank.responses.isEmpty(), "nobody agreed to an answer");
        assertEquals(!error.isEmpty(), town.wallet.hasToTell(link));
        boolean told = town.wallet.tellRefused(link) instanceof Outcome.Done;
        assertEquals(!error.isEmpty(), told);
        assertEquals(error, bank.error());
        assertTrue(Town.refusal(town.wallet.tellRefused(link)).is(Reason.NOT_FOUND), "once");
    }

    private void tampered(String name, Object value, Reason reason, String error) {
        bank.requestTamper = request -> request.put(name, value);
        refused(reason, error);
        bank.requestTamper = request -> {};
    }

    @Test
    @DisplayName("A verifier that asks for more than it may, or for a type that it may not, is refused by name before"
            + " anything is shown")
    void overAsking() {
        bank.claims = List.of("family_name", "birth_date");
        refused(Refusal.ASKS_TOO_MUCH.code(), "access_denied");
        bank.claims = List.of("family_name");
        town.ledger.mayAsk(bank.party, "fishing-licence", "family_name");
        refused(Refusal.ASKS_TOO_MUCH.code(), "access_denied");
    }

    @Test
    @DisplayName("§5: what is not a request")
    void unreadable() {
        refused(Reason.REQUEST_UNREADABLE.code(), "", "hello");
        refused(Reason.REQUEST_UNREADABLE.code(), "", "openid4vp://?request_uri=https%3A%2F%2Fx.example%2F");
        refused(Reason.REQUEST_UNREADABLE.code(), "", bank.link(false) + "&request=abc");
        refused(Reason.REQUEST_UNREADABLE.code(), "", bank.link(false) + "&request_uri_method=put");
        Map<String, String> far = new LinkedHashMap<>();
        far.put("client_id", bank.clientId());
        far.put("request_uri", "http://far.example/request");
        refused(Reason.REQUEST_UNREADABLE.code(), "", Form.append("openid4vp://", far));
    }

    @Test
    @DisplayName("§5: a request object without its typ, or of another media type, is not processed")
    void wrongType() {
        bank.type = "JWT";
        refused(Reason.REQUEST_UNREADABLE, "");
        bank.type = "oauth-authz-req+jwt";
        bank.server.at("/request", call -> TownServer.reply(200, "text/html", "<p>"));
        refused(Reason.REQUEST_UNREADABLE, "");
        bank.server.at("/request", call -> TownServer.reply(410, "text/html", ""));
        refused(Reason.REQUEST_EXPIRED, "");
    }

    @Test
    @DisplayName("§5.9.3: a signature that is not good; and its forger is told nothing")
    void forged() {
        bank.signs = false;
        refused(Reason.REQUEST_NOT_GENUINE, "");
    }

    @Test
    @DisplayName("§5.9.3: A's certificate, B's client identifier")
    void swappedClient() {
        TownVerifier other = new TownVerifier(Townsfolk.named("Other", town.clock.instant()));
        try (other) {
            bank.requestTamper = request -> request.put("client_id", other.clientId());
            refused(
                    Reason.CLIENT_NOT_PROVEN.code(),
                    "",
                    bank.link(false)
                            .replace(
                                    bank.clientId().substring(10),
                                    other.clientId().substring(10)));
            bank.requestTamper = request -> {};
            bank.x5c = other.party.chain().toX5c();
            refused(Reason.REQUEST_NOT_GENUINE, "");
        }
    }

    @Test
    @DisplayName("§5.10: another client_id in the link than in the request object")
    void clientIdDiffers() {
        tampered("client_id", "x509_hash:other", Reason.CLIENT_NOT_PROVEN, "");
    }

    @Test
    @DisplayName("HAIP 1.0 §5: a leaf that signed itself")
    void selfSigned() {
        bank.x5c = bank.party.selfSigned(town.clock.instant()).toX5c();
        refused(Reason.CLIENT_NOT_PROVEN, "");
    }

    @Test
    @DisplayName("§5.9.3: no signature where one is due; a signature where none can be")
    void unsigned() {
        refused(Reason.REQUEST_NOT_SIGNED.code(), "", bank.unsignedLink());
        bank.prefix = "redirect_uri:";
        refused(Reason.CLIENT_NOT_PROVEN, "");
    }

    @Test
    @DisplayName("§5.9.3: prefixes that this wallet does not know, must not know, or cannot resolve")
    void prefixes() {
        for (String prefix : List.of("origin:", "verifier_attestation:", "openid_federation:", "")) {
            bank.prefix = prefix;
            refused(Reason.CLIENT_ID_NOT_SUPPORTED, "");
        }
        bank.prefix = "decentralized_identifier:";
        refused(Reason.CLIENT_ID_NOT_SUPPORTED, "");
    }

    @Test
    @DisplayName(
            "§5.9.3: decentralized_identifier with another party's DID, a key that is not in its document, the kid of"
                    + " another DID, none, or another's signature")
    void swappedDid() {
        bank.prefix = "decentralized_identifier:";
        town.wallet = new Wallet(town.parts().resolvingDidsBy(town.ledger::didKey));
        refused(Reason.CLIENT_NOT_PROVEN, "");
        town.ledger.publishKeys(bank.party, bank.party.key().publicKey());
        Townsfolk other = Townsfolk.named("Other", town.clock.instant());
        town.ledger.publishKeys(other, other.key().publicKey());
        String otherClient = bank.prefix + other.did().value();
        String own = bank.kid;

        bank.requestTamper = request -> request.put("client_id", otherClient);
        String asOther =
                bank.link(false).replace(bank.party.did().base58(), other.did().base58());
        refused(Reason.CLIENT_NOT_PROVEN.code(), "", asOther);
        bank.kid = DidDocument.keyId(other.did(), other.key().publicKey());
        refused(Reason.REQUEST_NOT_GENUINE.code(), "", asOther);

        bank.requestTamper = request -> {};
        refused(Reason.CLIENT_NOT_PROVEN, "");
        bank.kid = bank.party.did().value() + "#verkey";
        refused(Reason.CLIENT_NOT_PROVEN, "");
        bank.kid = "";
        refused(Reason.CLIENT_NOT_PROVEN, "");
        bank.kid = own;
        bank.signs = false;
        refused(Reason.REQUEST_NOT_GENUINE, "");
        bank.signs = true;
        town.ledger.publishKeys(bank.party, other.key().publicKey());
        refused(Reason.CLIENT_NOT_PROVEN, "");
        town.ledger.publishKeys(bank.party, bank.party.key().publicKey());
        town.wallet.readRequest(bank.link(false)).orThrow();
    }

    @Test
    @DisplayName("§5.9.3: a response_uri of another origin than the client identifier binds")
    void responseElsewhere() {
        bank.prefix = "x509_san_dns:";
        tampered("response_uri", "https://thief.example/response", Reason.RESPONSE_ELSEWHERE, "");
        bank.prefix = "redirect_uri:";
        bank.encrypts = false;
        bank.requestTamper = request -> request.put("response_uri", "https://thief.example/response");
        refused(Reason.RESPONSE_ELSEWHERE.code(), "", bank.unsignedLink());
    }

    @Test
    @DisplayName("§8.2: redirect_uri beside direct_post")
    void redirectAndDirectPost() {
        tampered("redirect_uri", "https://bank.example/cb", Reason.REQUEST_UNREADABLE, "invalid_request");
    }

    @Test
    @DisplayName("§5.8: a request is for any wallet, for whoever fetches it, or not for this one")
    void audience() {
        bank.requestTamper = request -> request.put("aud", bank.requestUri());
        assertTrue(town.wallet.readRequest(bank.link(false)) instanceof Outcome.Done);
        tampered("aud", bank.requestUri() + "/other", Reason.REQUEST_UNREADABLE, "invalid_request");
    }

    @Test
    @DisplayName("§5.2: parameters that are missing, or are not what they must be")
    void parameters() {
        tampered("response_type", "code", Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("response_mode", "fragment", Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("nonce", "with space", Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("nonce", 7L, Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("scope", "licence", Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("dcql_query", Map.of("credentials", List.of()), Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("aud", "https://other.example", Reason.REQUEST_UNREADABLE, "invalid_request");
        tampered("response_uri", "http://far.example/x", Reason.REQUEST_UNREADABLE, "");
        tampered(
                "exp",
                town.clock.instant().minusSeconds(600).getEpochSecond(),
                Reason.REQUEST_EXPIRED,
                "invalid_request");
        tampered(
                "nbf",
                town.clock.instant().plusSeconds(600).getEpochSecond(),
                Reason.REQUEST_EXPIRED,
                "invalid_request");
    }

    @Test
    @DisplayName("§5.10.1: the nonce of another wallet")
    void walletNonce() {
        bank.requestTamper = request -> request.put("wallet_nonce", "of-another-wallet");
        refused(Reason.WRONG_NONCE.code(), "", bank.link(true));
        bank.requestTamper = request -> request.remove("wallet_nonce");
        refused(Reason.WRONG_NONCE.code(), "", bank.link(true));
    }

    @Test
    @DisplayName("§8.3: no key to encrypt for; §11.1: no format that this wallet has")
    void metadata() {
        tampered("client_metadata", Map.of(), Reason.RESPONSE_NOT_ENCRYPTABLE, "invalid_request");
        tampered(
                "client_metadata",
                Map.of("vp_formats_supported", Map.of("ldp_vc", Map.of())),
                Reason.FORMAT_NOT_SUPPORTED,
                "vp_formats_not_supported");
    }

    @Test
    @DisplayName("A request that was answered is not answered again, also after a restart")
    void replayed() {
        String link = bank.link(false);
        Map<String, Object> same = bank.request();
        bank.server.at("/request", call -> TownServer.reply(200, "application/oauth-authz-req+jwt", bank.signed(same)));
        Consent consent = town.wallet.readRequest(link).orThrow();
        assertNotNull(
                town.wallet.present(consent, consent.suggested()).orThrow().follow());
        town.restart();
        refused(Reason.REQUEST_REPLAYED.code(), "", link);
        assertTrue(
                Town.refusal(town.wallet.present(consent, consent.suggested())).is(Reason.REQUEST_REPLAYED));
    }

    @Test
    @DisplayName("Nor after an update: what the first release kept in one record is spread once, and refused as before")
    void replayedAfterUpdate() throws IOException {
        String link = bank.link(false);
        Map<String, Object> same = bank.request();
        bank.server.at("/request", call -> TownServer.reply(200, "application/oauth-authz-req+jwt", bank.signed(same)));
        Map<String, Object> old = new LinkedHashMap<>();
        for (int i = 0; i < 1999; i++) {
            old.put(Base64Url.encode(Sha256.of(("another\0" + i).getBytes(StandardCharsets.UTF_8))), 1L);
        }
        String both = same.get("client_id") + "\0" + same.get("nonce");
        old.put(Base64Url.encode(Sha256.of(both.getBytes(StandardCharsets.UTF_8))), 1L);
        town.store.put("answered", Json.write(old));
        refused(Reason.REQUEST_REPLAYED.code(), "", link);
        assertNull(town.store.get("answered"));
        refused(Reason.REQUEST_REPLAYED.code(), "", link);
        int kept = 0;
        for (String name : town.store.names("answered")) {
            kept += Json.write(String.valueOf(town.store.get(name))).split(":1", -1).length - 1;
        }
        assertEquals(2000, kept);
    }

    @Test
    @DisplayName("§6.4.2: all that is required, or nothing; no card but one that answers the question")
    void choices() {
        Consent consent = town.wallet.readRequest(bank.link(false)).orThrow();
        assertTrue(Town.refusal(town.wallet.present(consent, consent.suggested().without("licence")))
                .is(Reason.CHOICE_INCOMPLETE));
        assertTrue(Town.refusal(town.wallet.present(consent, consent.suggested().with("licence", "another-card")))
                .is(Reason.NO_MATCHING_LICENCE));
        String card = town.wallet.cards().get(0).id();
        assertTrue(Town.refusal(town.wallet.present(consent, consent.suggested().adding("licence", card)))
                .is(Reason.CHOICE_INCOMPLETE));
        assertTrue(Town.refusal(town.wallet.present(consent, consent.suggested().with("other", card)))
                .is(Reason.CHOICE_INCOMPLETE));
        assertEquals(List.of(), bank.responses);
    }

    @Test
    @DisplayName("What the holder does not have is not sent, and the verifier learns it only when the holder denies")
    void nothingHeld() {
        town.ledger.mayAsk(bank.party, "driving-licence", "points");
        bank.claims = List.of("points");
        Consent consent = town.wallet.readRequest(bank.link(false)).orThrow();
        assertEquals(List.of(), consent.questions().get(0).matches());
        assertTrue(
                Town.refusal(town.wallet.present(consent, consent.suggested())).is(Reason.NO_MATCHING_LICENCE));
        assertEquals(List.of(), bank.responses);
    }

    @Test
    @DisplayName("A verifier that nobody knows is shown as such, by the name that it gives itself")
    void stranger() {
        town.ledger.forget(bank.party);
        Consent consent = town.wallet.readRequest(bank.link(false)).orThrow();
        assertEquals(Standing.STRANGER, consent.verifier().standing());
        assertTrue(
                Town.refusal(town.wallet.present(consent, consent.suggested())).is(Reason.VERIFIER_NOT_ACCREDITED));
    }

    @Test
    @DisplayName("A verifier accredited for a type by its name asks for all types that are held when it names none")
    void untyped() {
        town.ledger.mayAsk(bank.party, "fishing-licence", "family_name");
        town.ledger.mayIssue(town.issuer.party, "driving-licence", TownIssuer.VCT);
        bank.requestTamper = request -> request.put(
                "dcql_query",
                Map.of("credentials", List.of(Map.of("id", "any", "format", "dc+sd-jwt", "meta", Map.of()))));
        refused(Refusal.ASKS_TOO_MUCH.code(), "access_denied");
    }
}
