package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "Each binding, with one party swapped: offer, code, transaction code, token, DPoP key, nonce, proof key, tenant")
class SwappedPartyTest {
    private static final String TYPE = "driving-licence";
    private static TestCity city;
    private static Desk desk;
    private static String twin = "";
    private RawWallet mine = new RawWallet(new MovableClock());
    private RawWallet theirs = new RawWallet(new MovableClock());

    @BeforeAll
    static void open() {
        city = new TestCity();
        desk = new Desk(city, city.police);
        twin = city.enrol("traffic-police");
    }

    @AfterAll
    static void close() {
        city.close();
    }

    @BeforeEach
    void wallets() {
        mine = new RawWallet(city.clock).discover(city.issuer(city.police));
        theirs = new RawWallet(city.clock).discover(city.issuer(twin));
    }

    private static Map<String, String> form(String code) {
        return Map.of("grant_type", RawWallet.PRE_AUTHORIZED, "pre-authorized_code", code);
    }

    @Test
    @DisplayName("offer – tenant: a code of one authority is no code at another")
    void codeAtAnotherTenant() {
        String code = RawWallet.code(desk.offered(TYPE));
        assertEquals("invalid_grant", theirs.token(form(code)).error());
        assertEquals(200, mine.token(form(code)).status(), "and it is not used up by the try");
    }

    @Test
    @DisplayName("code – transaction code: the transaction code of another offer does not open this one")
    void txCodeOfAnotherOffer() {
        Http.Answer one = desk.offer(Map.of("tx_code", true), TYPE);
        Http.Answer other = desk.offer(Map.of("tx_code", true), TYPE);
        if (one.string("tx_code").equals(other.string("tx_code"))) {
            return; // one in a million
        }
        String code = RawWallet.code(RawWallet.offer(one.string("link")));
        Map<String, String> form = Map.of(
                "grant_type",
                RawWallet.PRE_AUTHORIZED,
                "pre-authorized_code",
                code,
                "tx_code",
                other.string("tx_code"));
        assertEquals("invalid_grant", mine.token(form).error());
    }

    @Test
    @DisplayName("token – tenant: an access token of one authority is none at another")
    void tokenAtAnotherTenant() {
        mine.tokenFor(desk.offered(TYPE));
        theirs.accessToken = mine.accessToken;
        RawWallet sameKey = new RawWallet(city.clock, mine.dpopKey).discover(city.issuer(twin));
        sameKey.accessToken = mine.accessToken;
        assertEquals(
                "invalid_token",
                sameKey.credential(TYPE, SoftwareKey.generate()).error());
        assertEquals(
                "invalid_token", theirs.credential(TYPE, SoftwareKey.generate()).error());
    }

    @Test
    @DisplayName("token – DPoP key: a stolen token does not work with the thief's key")
    void tokenWithAnotherKey() {
        mine.tokenFor(desk.offered(TYPE));
        RawWallet thief = new RawWallet(city.clock).discover(city.issuer(city.police));
        thief.accessToken = mine.accessToken;
        Http.Answer answer = thief.credential(TYPE, SoftwareKey.generate());
        assertEquals(401, answer.status());
        assertEquals("invalid_token", answer.error());
    }

    @Test
    @DisplayName("DPoP nonce – tenant: a nonce of one authority is stale at another")
    void dpopNonceOfAnotherTenant() {
        theirs.nonce();
        String endpoint = mine.endpoint("token_endpoint");
        String proof = mine.dpop(mine.dpopKey, "POST", endpoint, null, theirs.dpopNonce);
        Http.Answer answer = Http.postForm(endpoint, form(RawWallet.code(desk.offered(TYPE))), "DPoP", proof);
        assertEquals("use_dpop_nonce", answer.error());
    }

    @Test
    @DisplayName("nonce – tenant: a c_nonce of one authority is invalid at another")
    void nonceOfAnotherTenant() {
        mine.tokenFor(desk.offered(TYPE));
        Map<String, Object> request = mine.request(TYPE, theirs.nonce(), SoftwareKey.generate());
        assertEquals("invalid_nonce", mine.credential(request).error());
    }

    @Test
    @DisplayName("proof – tenant: a key proof for one authority is none for another")
    void proofForAnotherTenant() {
        mine.tokenFor(desk.offered(TYPE));
        String proof = mine.proof(SoftwareKey.generate(), city.issuer(twin), mine.nonce());
        Map<String, Object> request =
                Map.of("credential_configuration_id", TYPE, "proofs", Map.of("jwt", java.util.List.of(proof)));
        assertEquals("invalid_proof", mine.credential(request).error());
    }

    @Test
    @DisplayName("notification – token: the issuance of another wallet cannot be notified of")
    void notificationOfAnother() {
        mine.tokenFor(desk.offered(TYPE));
        String id = mine.credential(TYPE, SoftwareKey.generate()).string("notification_id");
        RawWallet other = new RawWallet(city.clock).discover(city.issuer(city.police));
        other.tokenFor(desk.offered(TYPE));
        Map<String, Object> deleted = Map.of("notification_id", id, "event", "credential_deleted");
        assertEquals(
                "invalid_notification_id",
                other.call(other.endpoint("notification_endpoint"), deleted).error());
    }

    @Test
    @DisplayName("transaction – token: the deferred licence of another wallet cannot be fetched")
    void transactionOfAnother() {
        mine.tokenFor(RawWallet.offer(
                desk.offer(Map.of("ready_in_seconds", 60L), TYPE).string("link")));
        String transaction = mine.credential(TYPE, SoftwareKey.generate()).string("transaction_id");
        RawWallet other = new RawWallet(city.clock).discover(city.issuer(city.police));
        other.tokenFor(desk.offered(TYPE));
        assertEquals(
                "invalid_transaction_id",
                other.call(other.endpoint("deferred_credential_endpoint"), Map.of("transaction_id", transaction))
                        .error());
    }

    @Test
    @DisplayName("licence – tenant: the clerk's desk of one authority neither sees nor touches a licence of another")
    void licenceOfAnotherTenant() {
        Http.Answer offer = desk.offer(TYPE);
        mine.tokenFor(RawWallet.offer(offer.string("link")));
        String credential = RawWallet.credentials(mine.credential(TYPE, SoftwareKey.generate()))
                .getFirst();
        String licence = Desk.ordered(offer).getFirst();
        Desk twinDesk = new Desk(city, twin);
        assertEquals(404, twinDesk.get("licences/" + licence).status());
        assertEquals(404, twinDesk.change(licence, "revoke", "not ours").status());
        assertEquals(0, twinDesk.licences("").size());
        String digest = Base64Url.encode(RawWallet.sha256(credential.substring(0, credential.indexOf('~'))));
        assertEquals(
                404,
                Http.postJson(city.issuer(twin) + "/receipts", Map.of("digest", digest))
                        .status());
    }
}
