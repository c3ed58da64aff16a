package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A licence from a clerk's order to its revocation")
class ThinPathTest {
    private static TestCity city;
    private static Desk desk;

    @BeforeAll
    static void open() {
        city = new TestCity();
        city.accredit(city.police, "driving-licence", "vehicle-licence");
        desk = new Desk(city, city.police);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static String issue(RawWallet wallet, SoftwareKey holder) {
        wallet.discover(city.issuer(city.police));
        Http.Answer token = wallet.tokenFor(desk.offered("driving-licence"));
        assertEquals(200, token.status(), token::text);
        assertEquals("DPoP", token.string("token_type"));
        return RawWallet.credentials(wallet.credential("driving-licence", holder))
                .getFirst();
    }

    @Test
    @DisplayName(
            "Pre-authorised code, nonce, key proof: a dc+sd-jwt credential bound to the wallet's key, signed by the tenant")
    void issued() throws Exception {
        SoftwareKey holder = SoftwareKey.generate();
        SdJwt credential = SdJwt.parse(issue(new RawWallet(city.clock), holder));
        SdJwtVc vc = SdJwtVc.of(credential);
        assertEquals(Optional.of(holder.publicKey()), vc.holderKey());
        assertEquals(city.base() + "/types/driving-licence", vc.vct());
        assertTrue(credential
                .issuerJwt()
                .verifiedBy(credential.issuerJwt().certificates().orElseThrow().leafKey()));
        assertTrue(credential
                .issuerJwt()
                .certificates()
                .orElseThrow()
                .anchoredBy(java.util.List.of(city.authority.anchor()), city.clock.instant())
                .isPresent());
        assertFalse(credential.payload().containsKey("name"), "a selectively disclosable claim is not in the clear");
        assertTrue(vc.claims().containsKey("name"));
    }

    @Test
    @DisplayName("Revoked, then shown at once: the status token served next says so, suspended and resumed too")
    void revoked() throws Exception {
        RawWallet wallet = new RawWallet(city.clock);
        wallet.discover(city.issuer(city.police));
        Http.Answer offer = desk.offer("driving-licence");
        wallet.tokenFor(RawWallet.offer(offer.string("link")));
        SoftwareKey holder = SoftwareKey.generate();
        SdJwtVc vc = SdJwtVc.of(SdJwt.parse(RawWallet.credentials(wallet.credential("driving-licence", holder))
                .getFirst()));
        String licence = Desk.ordered(offer).getFirst();
        assertEquals(StatusList.VALID, status(vc));
        assertEquals(
                200, desk.change(licence, "suspend", "eyesight to be checked").status());
        assertEquals(StatusList.SUSPENDED, status(vc));
        assertEquals(200, desk.change(licence, "resume", "eyesight is good").status());
        assertEquals(StatusList.VALID, status(vc));
        assertEquals(
                200,
                desk.change(licence, "revoke", "test was taken by somebody else")
                        .status());
        assertEquals(StatusList.INVALID, status(vc));
        assertEquals(409, desk.change(licence, "resume", "no way back").status());
        Http.Answer one = desk.get("licences/" + licence);
        assertEquals("revoked", one.string("state"));
        assertEquals(4, Desk.list(one, "history").size());
    }

    @Test
    @DisplayName("Receipt: an inclusion proof against a log head that is on the ledger (RFC 9162 §2.1.3)")
    void anchored() throws Exception {
        String compact = issue(new RawWallet(city.clock), SoftwareKey.generate());
        String jwt = compact.substring(0, compact.indexOf('~'));
        String digest = Base64Url.encode(RawWallet.sha256(jwt));
        Http.Answer answer = receipt(digest);
        Receipt receipt = Receipt.fromJson(answer.json());
        assertTrue(receipt.proves(jwt));
        LogHead head = city.ledger.logHead(new Did(receipt.log())).orElseThrow();
        assertTrue(head.size() >= receipt.size());
        if (head.size() == receipt.size()) {
            assertEquals(MerkleHash.fromBase64Url(head.root()), receipt.root());
        }
        assertEquals(
                "not_yet_anchored",
                Http.postJson(
                                city.issuer(city.police) + "/receipts",
                                Map.of("digest", Base64Url.encode(RawWallet.sha256("another credential"))))
                        .error());
    }

    private static Http.Answer receipt(String digest) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            Http.Answer answer = Http.postJson(city.issuer(city.police) + "/receipts", Map.of("digest", digest));
            if (answer.status() == 200) {
                return answer;
            }
            assertEquals(404, answer.status(), answer::text);
            Thread.sleep(50);
        }
        throw new AssertionError(
                "no receipt within 30 seconds; " + desk.get("anchoring").text());
    }

    private static int status(SdJwtVc vc) throws Exception {
        StatusReference reference = StatusReference.fromClaim(vc.status().orElseThrow());
        Http.Answer answer = Http.get(reference.uri().toString());
        assertEquals("application/statuslist+jwt", answer.header("Content-Type").orElseThrow());
        StatusListToken token = StatusListToken.parse(answer.text());
        return token.check(
                        token.certificates().orElseThrow().leafKey(),
                        reference.uri(),
                        city.clock.instant(),
                        Duration.ofSeconds(5))
                .get(reference.index());
    }
}
