package city.elicence.credentials.verify;

import static city.elicence.credentials.verify.TestCity.NOW;
import static city.elicence.credentials.verify.TestCity.VCT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.party.Ask;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.credentials.verify.party.RequestVerdict;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who asks and may they; status tokens as fetched or stapled; what is known, carried to where there is no network. */
class WhoAsksTest {
    private final TestCity city = new TestCity();
    private final TrustView trust = city.trust();
    private final RequestChecks checks = new RequestChecks();

    @Test
    @DisplayName(
            "An accredited party that signs and asks for what it was granted is allowed, by its name on the ledger")
    void allowed() throws Exception {
        RequestVerdict verdict = checks.check(
                request(city.bank, city.bank.key()),
                List.of(new Ask(VCT, List.of(ClaimPath.of("name"), ClaimPath.of("classes", 0), ClaimPath.of("vct")))),
                trust,
                NOW);
        assertEquals(city.bank.did(), ((RequestVerdict.Allowed) verdict).party().did());
    }

    @Test
    @DisplayName("One claim too many, another type, an issuer that asks, a stranger, another's key or chain")
    void refused() throws Exception {
        Jws request = request(city.bank, city.bank.key());
        assertEquals(Refusal.ASKS_TOO_MUCH, refusal(request, VCT, ClaimPath.of("birth_date")));
        assertEquals(Refusal.ASKS_TOO_MUCH, refusal(request, TestCity.OTHER_VCT));
        assertEquals(Refusal.TYPE_UNKNOWN, refusal(request, "https://unknown.example"));
        assertEquals(Refusal.ASKS_TOO_MUCH, refusal(request(city.police, city.police.key()), VCT));
        TestParty stranger = TestParty.of("Th7MpTaRZVRYnPiabds81Y");
        assertEquals(Refusal.RELYING_PARTY_UNKNOWN, refusal(request(stranger, stranger.key()), VCT));
        assertEquals(Refusal.RELYING_PARTY_UNTRUSTED, refusal(request(city.bank, city.police.key()), VCT));
        TestParty posing =
                city.police.withLeaf(city.police.key(), city.bank.did().value());
        assertEquals(Refusal.RELYING_PARTY_UNTRUSTED, refusal(request(posing, posing.key()), VCT));
        Jws unsigned = Jws.parse(Jws.sign(Map.of(), Map.of("nonce", "n"), city.bank.key()));
        assertEquals(Refusal.RELYING_PARTY_UNTRUSTED, refusal(unsigned, VCT));
    }

    @Test
    @DisplayName("A verifier learns before it asks whether it may")
    void beforeAsking() {
        assertFalse(RequestChecks.overAsk(
                        city.bank.did(), List.of(new Ask(VCT, List.of(ClaimPath.of("name")))), trust, NOW)
                .isPresent());
        assertEquals(
                Refusal.ASKS_TOO_MUCH,
                RequestChecks.overAsk(city.bank.did(), List.of(new Ask(VCT, List.of(ClaimPath.of("x")))), trust, NOW)
                        .orElseThrow()
                        .refusal());
    }

    @Test
    @DisplayName("Token Status List §8.3: a token of another signer's making, or altered, is not used")
    void statusTokens() {
        StatusTokens tokens = new StatusTokens();
        TestParty forged =
                city.police.withLeaf(SoftwareKey.generate(), city.police.did().value());
        String wrongKey = city.statusToken(new TestParty(
                city.police.did(),
                city.police.authority(),
                city.police.authorityKey(),
                SoftwareKey.generate(),
                forged.chain()));
        for (String token : List.of(wrongKey, "x", city.statusToken(TestParty.of("Th7MpTaRZVRYnPiabds81Y")))) {
            StatusVerdict verdict = tokens.verify(token, TestCity.LIST, trust, NOW);
            assertEquals(Refusal.STATUS_TOKEN_INVALID, ((StatusVerdict.Rejected) verdict).refusal());
        }
        StatusVerdict late =
                tokens.verify(city.statusToken(city.police), TestCity.LIST, trust, NOW.plus(Duration.ofHours(13)));
        assertEquals(Refusal.STATUS_TOO_OLD, ((StatusVerdict.Rejected) late).refusal());
    }

    @Test
    @DisplayName("How a list stands to the ledger: anchored, newer, older, unknown")
    void anchoring() {
        String token = city.statusToken(city.police);
        String digest = Base64Url.encode(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)));
        String other = "A".repeat(43);
        assertEquals(StatusKnowledge.Anchoring.UNKNOWN, anchoring(token, trust));
        assertEquals(
                StatusKnowledge.Anchoring.ANCHORED,
                anchoring(token, city.trust(b -> b.statusHeads(List.of(TestCity.head(city.police, NOW, digest))))));
        assertEquals(
                StatusKnowledge.Anchoring.NEWER,
                anchoring(
                        token,
                        city.trust(b -> b.statusHeads(
                                List.of(TestCity.head(city.police, city.listTime.minusSeconds(9), other))))));
        assertEquals(
                StatusKnowledge.Anchoring.OLDER,
                anchoring(
                        token,
                        city.trust(b -> b.statusHeads(
                                List.of(TestCity.head(city.police, city.listTime.plusSeconds(9), other))))));
    }

    @Test
    @DisplayName("A stapled status token serves where nothing is known; it revokes as well as any")
    void stapled() throws Exception {
        TrustSnapshot knowsNoStatus = city.withoutStatus().build();
        String stapled = city.statusToken(city.police);
        Presentation presentation = city.presentation();
        assertTrue(city.verify(
                        presentation.withStatusTokens(List.of("rubbish", stapled)), city.expectation(), knowsNoStatus)
                .isAccepted());
        city.list.set(TestCity.INDEX, 1);
        Verdict revoked = city.verify(
                presentation.withStatusTokens(List.of(city.statusToken(city.police))),
                city.expectation(),
                knowsNoStatus);
        assertEquals(Refusal.REVOKED, ((Verdict.Refused) revoked).refusal());
    }

    @Test
    @DisplayName("Without network: what is not known warns and does not refuse; what is known to be revoked refuses")
    void amber() throws Exception {
        Expectation lenient = city.expectation().withStatus(Need.IF_PRESENT, Duration.ofSeconds(1));
        Verdict.Accepted amber = (Verdict.Accepted) city.verify(city.presentation(), lenient);
        assertTrue(amber.hasWarnings());
        city.list.set(TestCity.INDEX, 1);
        assertEquals(Refusal.REVOKED, ((Verdict.Refused) city.verify(city.presentation(), lenient)).refusal());
    }

    @Test
    @DisplayName("A snapshot read back gives the same verdicts; another's key, or a flipped bit, opens nothing")
    void snapshot() throws Exception {
        SoftwareKey authority = SoftwareKey.generate();
        TrustSnapshot snapshot = city.trust(b -> b.roots(List.of(city.police.authority())));
        String signed = SnapshotJson.sign(snapshot, authority);
        TrustSnapshot read = SnapshotJson.open(signed, authority.publicKey());
        assertEquals(snapshot.asOf(), read.asOf());
        assertEquals(snapshot.accreditation(city.police.did()), read.accreditation(city.police.did()));
        assertEquals(snapshot.status(TestCity.LIST), read.status(TestCity.LIST));
        assertEquals(1, read.rootAnchors().size());
        assertTrue(city.verify(city.presentation(), city.expectation(), read).isAccepted());
        assertThrows(
                JsonException.class,
                () -> SnapshotJson.open(signed, city.bank.key().publicKey()));
        String flipped = signed.substring(0, signed.length() / 2)
                + (signed.charAt(signed.length() / 2) == 'A' ? 'B' : 'A')
                + signed.substring(signed.length() / 2 + 1);
        assertThrows(JsonException.class, () -> SnapshotJson.open(flipped, authority.publicKey()));
        String otherType = Jws.sign(Map.of("typ", "JWT"), Map.of("v", 1L), authority);
        assertThrows(JsonException.class, () -> SnapshotJson.open(otherType, authority.publicKey()));
    }

    @Test
    @DisplayName("A replay guard forgets what is past, and refuses rather than forget what is not")
    void replayGuard() {
        ReplayGuard guard = ReplayGuard.inMemory(2);
        assertTrue(guard.firstSeen("a", NOW.plusSeconds(30), NOW));
        assertFalse(guard.firstSeen("a", NOW.plusSeconds(30), NOW));
        assertTrue(guard.firstSeen("b", NOW.plusSeconds(30), NOW));
        assertFalse(guard.firstSeen("c", NOW.plusSeconds(30), NOW), "full");
        assertTrue(guard.firstSeen("c", NOW.plusSeconds(90), NOW.plusSeconds(31)));
    }

    private Refusal refusal(Jws request, String vct, ClaimPath... claims) {
        RequestVerdict verdict = checks.check(request, List.of(new Ask(vct, List.of(claims))), trust, NOW);
        return ((RequestVerdict.Refused) verdict).refusal();
    }

    private static Jws request(TestParty party, SoftwareKey key) throws Exception {
        return Jws.parse(Jws.sign(
                Map.of("typ", "oauth-authz-req+jwt", "x5c", party.chain().toX5c()), Map.of("nonce", "n"), key));
    }

    private static StatusKnowledge.Anchoring anchoring(String token, TrustView view) {
        StatusVerdict verdict = new StatusTokens().verify(token, TestCity.LIST, view, NOW);
        return ((StatusVerdict.Known) verdict).knowledge().anchoring();
    }
}
