package city.elicence.credentials.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.refusal.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusTokenFormsTest {
    private final TestCity city = new TestCity();
    private final StatusTokens tokens = new StatusTokens();

    /** A list signed by a key, beside a chain that may be another's, in both forms. */
    private List<String> signed(TestParty key, TestParty chain, URI subject, Instant issuedAt) {
        StatusListToken.Terms terms = new StatusListToken.Terms(
                subject, issuedAt, Duration.ofHours(1), Duration.ofSeconds(10), URI.create("https://issuer.example/s"));
        List<String> forms = new ArrayList<>();
        forms.add(
                StatusListToken.sign(city.list, terms, key.key(), chain.chain().toX5c()));
        forms.add(StatusToken.text(
                StatusListCwt.MEDIA_TYPE, StatusListCwt.sign(city.list, terms, key.key(), chain.chain())));
        return forms;
    }

    private void refused(Refusal refusal, List<String> forms) {
        for (String form : forms) {
            StatusVerdict verdict = tokens.verify(form, TestCity.LIST, city.trust(), TestCity.NOW);
            assertEquals(
                    refusal,
                    assertInstanceOf(StatusVerdict.Rejected.class, verdict).refusal());
        }
    }

    @Test
    @DisplayName(
            "Token Status List §8.3: a CWT is held to the same as a JWT: signed by the chain's leaf, of an accredited party,"
                    + " of that list, of now")
    void heldToTheSame() throws StatusException {
        city.list.set(TestCity.INDEX, StatusList.SUSPENDED);
        for (String form : signed(city.police, city.police, TestCity.LIST, TestCity.NOW)) {
            StatusVerdict verdict = tokens.verify(form, TestCity.LIST, city.trust(), TestCity.NOW);
            StatusKnowledge known =
                    assertInstanceOf(StatusVerdict.Known.class, verdict).knowledge();
            assertEquals(city.police.did(), known.signedBy());
            assertEquals(StatusList.SUSPENDED, known.list().get(TestCity.INDEX));
            assertEquals(form, known.token());
            assertEquals(StatusToken.read(form).sha256(), StatusToken.sha256(form));
        }
        refused(Refusal.STATUS_TOKEN_INVALID, signed(city.registry, city.police, TestCity.LIST, TestCity.NOW));
        TestParty stranger = TestParty.of("Th7MpTaRZVRYnPiabds81Y");
        refused(Refusal.STATUS_TOKEN_INVALID, signed(stranger, stranger, TestCity.LIST, TestCity.NOW));
        refused(
                Refusal.STATUS_TOKEN_INVALID,
                signed(city.police, city.police, URI.create(TestCity.LIST + "0"), TestCity.NOW));
        refused(
                Refusal.STATUS_TOO_OLD,
                signed(city.police, city.police, TestCity.LIST, TestCity.NOW.minus(Duration.ofHours(2))));
        refused(
                Refusal.STATUS_TOKEN_INVALID,
                signed(city.police, city.police, TestCity.LIST, TestCity.NOW.plus(Duration.ofHours(2))));
    }

    @Test
    @DisplayName(
            "Token Status List §8.3: another accredited party's CWT for the list of a credential does not speak for its issuer")
    void anotherPartysList() throws Exception {
        for (String form : signed(city.registry, city.registry, TestCity.LIST, TestCity.NOW)) {
            StatusKnowledge known = assertInstanceOf(
                            StatusVerdict.Known.class, tokens.verify(form, TestCity.LIST, city.trust(), TestCity.NOW))
                    .knowledge();
            Verdict verdict = city.verify(
                    city.presentation(),
                    city.expectation(),
                    city.withoutStatus().statuses(List.of(known)).build());
            assertEquals(
                    Refusal.STATUS_NOT_THE_ISSUERS,
                    assertInstanceOf(Verdict.Refused.class, verdict).refusal());
        }
    }

    @Test
    @DisplayName("A CWT revokes as a JWT does, is anchored by its own digest, and goes through a snapshot")
    void revokesAnchorsAndTravels() throws Exception {
        city.list.set(TestCity.INDEX, StatusList.INVALID);
        SoftwareKey office = SoftwareKey.generate();
        for (String form : signed(city.police, city.police, TestCity.LIST, TestCity.NOW)) {
            StatusHead head = TestCity.head(
                    city.police, TestCity.NOW, StatusToken.read(form).sha256());
            TrustSnapshot anchored =
                    city.withoutStatus().statusHeads(List.of(head)).build();
            StatusKnowledge known = assertInstanceOf(
                            StatusVerdict.Known.class, tokens.verify(form, TestCity.LIST, anchored, TestCity.NOW))
                    .knowledge();
            assertEquals(StatusKnowledge.Anchoring.ANCHORED, known.anchoring());
            TrustSnapshot carried = SnapshotJson.open(
                    SnapshotJson.sign(
                            city.withoutStatus().statuses(List.of(known)).build(), office),
                    office.publicKey());
            Verdict verdict = city.verify(city.presentation(), city.expectation(), carried);
            assertEquals(
                    Refusal.REVOKED,
                    assertInstanceOf(Verdict.Refused.class, verdict).refusal());
        }
    }

    @Test
    @DisplayName("Text of a token: a JWT has dots, a CWT in base64url has none; what is neither is refused")
    void text() throws StatusException {
        List<String> forms = signed(city.police, city.police, TestCity.LIST, TestCity.NOW);
        assertInstanceOf(StatusListToken.class, StatusToken.read(forms.get(0)));
        assertInstanceOf(StatusListCwt.class, StatusToken.read(forms.get(1)));
        for (String form : forms) {
            assertEquals(form, StatusToken.read(form).text());
        }
        String jwt = forms.get(0);
        assertEquals(
                jwt, StatusToken.text(StatusListToken.MEDIA_TYPE, (jwt + "\n").getBytes(StandardCharsets.US_ASCII)));
        for (String wrong : List.of("", "a.b", "====", Base64Url.encodeText("no CBOR"))) {
            assertThrows(StatusException.class, () -> StatusToken.read(wrong), wrong);
        }
    }
}
