package city.elicence.credentials.verify;

import static city.elicence.credentials.verify.TestCity.ISSUED;
import static city.elicence.credentials.verify.TestCity.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.refusal.Refusal;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The joins between the checks: something true of one party, put beside something true of another. */
class SwappedPartyTest {
    private final TestCity city = new TestCity();

    @Test
    @DisplayName("One issuer's key under another issuer's chain")
    void keyAndChain() throws Exception {
        refused(Refusal.ISSUER_SIGNATURE_INVALID, issuedBy(city.registry.withChain(city.police.chain())));
    }

    @Test
    @DisplayName("One issuer's authority certifies a leaf that names another issuer")
    void authorityAndName() throws Exception {
        refused(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                issuedBy(city.registry.withLeaf(
                        city.registry.key(), city.police.did().value())));
    }

    @Test
    @DisplayName("A leaf that names two issuers, or none, or one by another DID method")
    void namesInLeaf() throws Exception {
        String police = city.police.did().value();
        for (String[] uris : new String[][] {
            {police, city.registry.did().value()}, {}, {"https://police.example"}, {"did:web:police.example"}
        }) {
            refused(Refusal.ISSUER_CHAIN_UNTRUSTED, issuedBy(city.police.withLeaf(city.police.key(), uris)));
        }
    }

    @Test
    @DisplayName(
            "The iss claim says the police; signature, chain and accreditation are the registry's: iss counts for nothing")
    void issClaim() throws Exception {
        refused(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, issuedBy(city.registry));
        city.claims.put("iss", "https://attacker.example");
        assertTrue(city.verify(city.presentation(), city.expectation()).isAccepted());
    }

    @Test
    @DisplayName("The leaf is an authority, may not sign, or was not valid when it signed")
    void leafThatMayNotSign() throws Exception {
        String did = city.police.did().value();
        refused(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                issuedBy(withLeaf(leaf().uris(did).authority(true))));
        refused(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                issuedBy(withLeaf(leaf().uris(did).usage(KeyUsage.keyEncipherment))));
        X509Certificate late =
                leaf().uris(did).usage(KeyUsage.digitalSignature).sign(ISSUED.plusSeconds(60), TestParty.NOT_AFTER);
        refused(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                issuedBy(city.police.withChain(TestParty.chain(late, city.police.authority()))));
        X509Certificate expiredSince =
                leaf().uris(did).usage(KeyUsage.digitalSignature).sign(TestParty.NOT_BEFORE, ISSUED.plusSeconds(60));
        assertTrue(
                city.verify(
                                issuedBy(city.police.withChain(TestParty.chain(expiredSince, city.police.authority()))),
                                city.expectation())
                        .isAccepted(),
                "valid when it signed, expired since");
    }

    @Test
    @DisplayName("A leaf signed by a leaf of the same issuer")
    void leafAsAuthority() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        X509Certificate below = TestParty.leaf(
                "CN=below",
                key,
                city.police.chain().leaf(),
                city.police.key(),
                city.police.did().value());
        TestParty party = new TestParty(
                city.police.did(),
                city.police.authority(),
                city.police.authorityKey(),
                key,
                TestParty.chain(below, city.police.chain().leaf(), city.police.authority()));
        refused(Refusal.ISSUER_CHAIN_UNTRUSTED, issuedBy(party));
    }

    @Test
    @DisplayName("A's credential with B's signature; A's signature under B's credential")
    void holders() throws Exception {
        SdJwt ofA = city.show(city.issue(), city.holder);
        SoftwareKey b = SoftwareKey.generate();
        refused(
                Refusal.NOT_THE_HOLDER,
                Presentation.of(city.show(city.issue(), b).serialize()));
        city.claims.put("cnf", Map.of("jwk", b.publicKey().toJwk()));
        String ofB = city.issue()
                .present(List.of(ClaimPath.of("name"), ClaimPath.of("classes")))
                .serialize();
        refused(Refusal.NOT_THE_HOLDER, Presentation.of(ofB + ofA.keyBinding().orElseThrow()));
    }

    @Test
    @DisplayName("The same holder's signature over another of her credentials, or over more claims")
    void sameHolderOtherCredential() throws Exception {
        SdJwt shown = city.show(city.issue(), city.holder);
        String keyBinding = shown.keyBinding().orElseThrow();
        SdJwt other = city.issue();
        refused(
                Refusal.PRESENTATION_ALTERED,
                Presentation.of(other.present(List.of(ClaimPath.of("name"), ClaimPath.of("classes")))
                                .serialize()
                        + keyBinding));
        refused(
                Refusal.PRESENTATION_ALTERED,
                Presentation.of(shown.present(List.of(ClaimPath.of("name"))).serialize() + keyBinding));
    }

    @Test
    @DisplayName("A disclosure of another credential of the same issuer and holder")
    void otherDisclosure() throws Exception {
        SdJwt mixed = SdJwt.parse(TestCity.mixed(city.issue(), city.issue()));
        refused(
                Refusal.DISCLOSURE_NOT_SIGNED,
                Presentation.of(TestCity.bind(mixed, NOW, city.holder).serialize()));
    }

    @Test
    @DisplayName("A disclosure whose value was altered by its own holder")
    void alteredDisclosure() throws Exception {
        SdJwt issued = city.issue();
        String altered = issued.serialize();
        for (var disclosure : issued.disclosures()) {
            String text = new String(Base64Url.decode(disclosure.encoded()), java.nio.charset.StandardCharsets.UTF_8);
            altered = altered.replace(disclosure.encoded(), Base64Url.encodeText(text.replace("1990", "2010")));
        }
        assertNotEquals(issued.serialize(), altered);
        refused(
                Refusal.DISCLOSURE_NOT_SIGNED,
                Presentation.of(
                        TestCity.bind(SdJwt.parse(altered), NOW, city.holder).serialize()));
    }

    @Test
    @DisplayName("What was shown to one verifier, by another; what was shown online, offline; and the reverse")
    void verifiers() throws Exception {
        Presentation online = city.presentation();
        assertEquals(Refusal.WRONG_AUDIENCE, refusal(city.verify(online, Expectation.online(TestCity.NONCE, "other"))));
        assertEquals(Refusal.WRONG_AUDIENCE, refusal(city.verify(online, Expectation.offline())));
        Presentation offline = Presentation.of(KeyBinding.sign(
                        city.issue(), TestCity.NONCE, HolderBinding.OFFLINE_AUDIENCE, NOW, Map.of(), city.holder)
                .serialize());
        assertTrue(city.verify(offline, Expectation.offline()).isAccepted());
        assertEquals(Refusal.WRONG_AUDIENCE, refusal(city.verify(offline, city.expectation())));
    }

    @Test
    @DisplayName("An offline code is good for 30 seconds and the clocks' skew")
    void offlineAge() throws Exception {
        for (int[] ageAndAccepted : new int[][] {{0, 1}, {45, 1}, {46, 0}}) {
            Presentation code = Presentation.of(KeyBinding.sign(
                            city.issue(),
                            "own",
                            HolderBinding.OFFLINE_AUDIENCE,
                            NOW.minusSeconds(ageAndAccepted[0]),
                            Map.of(),
                            city.holder)
                    .serialize());
            assertEquals(
                    ageAndAccepted[1] == 1,
                    city.verify(code, Expectation.offline()).isAccepted(),
                    ageAndAccepted[0] + " s");
        }
    }

    @Test
    @DisplayName("Accredited from the second of issue on; not until it")
    void accreditationTimes() throws Exception {
        Instant[][] periods = {{ISSUED, ISSUED.plusSeconds(1)}, {TestParty.NOT_BEFORE, ISSUED}};
        city.policeAccreditation = TestCity.accreditation(city.police, "P", new Period(periods[0][0], periods[0][1]));
        SdJwt issued = city.issue();
        byte[] salt = new byte[16];
        Presentation proven =
                Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(city.receipt(issued, salt));
        MerkleTree log = TestCity.log(issued, salt);
        assertTrue(
                city.verify(
                                proven,
                                city.expectation(),
                                city.trust(b -> b.logHeads(List.of(TestCity.logHead(city.police, log, ISSUED)))))
                        .isAccepted(),
                "issued and anchored while the accreditation held");
        refused(
                Refusal.NOT_PROVEN_IN_TIME,
                Presentation.of(city.show(issued, city.holder).serialize()));
        city.policeAccreditation = TestCity.accreditation(city.police, "P", new Period(periods[1][0], periods[1][1]));
        refused(Refusal.ISSUER_NOT_ACCREDITED_THEN, proven);
    }

    @Test
    @DisplayName("A frozen issuer dates a credential back to before it was frozen")
    void backdated() throws Exception {
        city.policeAccreditation = city.policeAccreditation.frozen(NOW.minus(Duration.ofDays(1)));
        refused(Refusal.NOT_PROVEN_IN_TIME, city.presentation());
    }

    @Test
    @DisplayName("Without iat the issuer must be accredited now")
    void noTimeOfIssue() throws Exception {
        city.claims.remove("iat");
        assertTrue(city.verify(city.presentation(), city.expectation()).isAccepted());
        city.policeAccreditation =
                TestCity.accreditation(city.police, "P", new Period(TestParty.NOT_BEFORE, NOW.minusSeconds(1)));
        refused(Refusal.ISSUER_NOT_ACCREDITED_THEN, city.presentation());
    }

    @Test
    @DisplayName("A verifier's accreditation issues nothing")
    void roles() throws Exception {
        Accreditation verifierOnly = new Accreditation(
                city.police.did(),
                new Names("警", "P"),
                Set.of(Role.VERIFIER),
                List.of(city.police.anchor()),
                city.policeAccreditation.issues(),
                List.of(),
                null);
        Verdict verdict = city.verify(
                city.presentation(), city.expectation(), city.trust(b -> b.accreditations(List.of(verifierOnly))));
        assertEquals(Refusal.ISSUER_NOT_ACCREDITED_THEN, refusal(verdict));
    }

    @Test
    @DisplayName("A path once validated does not outlive the accreditation that named its anchor")
    void cacheAndWithdrawal() throws Exception {
        PresentationVerifier verifier = new PresentationVerifier(ReplayGuard.inMemory(9));
        TrustView before = city.trust();
        assertTrue(verifier.verify(city.presentation(), city.expectation(), before, NOW)
                .isAccepted());
        Accreditation renewed = new Accreditation(
                city.police.did(),
                new Names("警", "P"),
                Set.of(Role.ISSUER),
                List.of(TestParty.of("7Tqg6BwSSWapxgUDm9KKgg").anchor()),
                city.policeAccreditation.issues(),
                List.of(),
                null);
        TrustView after = city.trust(b -> b.accreditations(List.of(renewed)));
        assertEquals(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                refusal(verifier.verify(city.presentation(), city.expectation(), after, NOW)));
        city.claims.put("iat", TestParty.NOT_BEFORE.minusSeconds(1).getEpochSecond());
        assertEquals(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                refusal(verifier.verify(city.presentation(), city.expectation(), before, NOW)),
                "nor the certificates' own period");
    }

    @Test
    @DisplayName("A receipt of another issuer's log for the very credential")
    void receiptOfOtherLog() throws Exception {
        SdJwt issued = city.issue();
        byte[] salt = new byte[16];
        Receipt own = city.receipt(issued, salt);
        Receipt others =
                new Receipt(city.registry.did().value(), own.index(), own.size(), own.root(), own.salt(), own.path());
        MerkleTree log = TestCity.log(issued, salt);
        Verdict verdict = city.verify(
                Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(others),
                city.expectation(),
                city.trust(b -> b.logHeads(
                        List.of(TestCity.logHead(city.registry, log, NOW), TestCity.logHead(city.police, log, NOW)))));
        assertEquals(Refusal.RECEIPT_INVALID, refusal(verdict));
    }

    @Test
    @DisplayName("A replay under the second form of the holder's ECDSA signature is a replay")
    void malleatedReplay() throws Exception {
        PresentationVerifier verifier = new PresentationVerifier(ReplayGuard.inMemory(9));
        String compact = city.presentation().text();
        assertTrue(verifier.verify(Presentation.of(compact), city.expectation(), city.trust(), NOW)
                .isAccepted());
        int at = compact.lastIndexOf('.') + 1;
        byte[] signature = Base64Url.decode(compact.substring(at));
        BigInteger order = city.holder.publicKey().javaKey().getParams().getOrder();
        BigInteger s = order.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] bytes = s.toByteArray();
        int length = Math.min(32, bytes.length);
        Arrays.fill(signature, 32, 64, (byte) 0);
        System.arraycopy(bytes, bytes.length - length, signature, 64 - length, length);
        Presentation second = Presentation.of(compact.substring(0, at) + Base64Url.encode(signature));
        assertTrue(city.verify(second, city.expectation()).isAccepted(), "it is a valid form");
        assertEquals(Refusal.REPLAYED, refusal(verifier.verify(second, city.expectation(), city.trust(), NOW)));
    }

    private TestParty.Making leaf() {
        return new TestParty.Making(
                "CN=leaf",
                city.police.authority().getSubjectX500Principal().getName(),
                city.police.key(),
                city.police.authorityKey());
    }

    private TestParty withLeaf(TestParty.Making making) {
        return city.police.withChain(
                TestParty.chain(making.sign(TestParty.NOT_BEFORE, TestParty.NOT_AFTER), city.police.authority()));
    }

    private Presentation issuedBy(TestParty party) throws Exception {
        return Presentation.of(city.show(city.issueBy(party), city.holder).serialize());
    }

    private void refused(Refusal refusal, Presentation presentation) {
        assertEquals(refusal, refusal(city.verify(presentation, city.expectation())));
    }

    private static Refusal refusal(Verdict verdict) {
        return verdict.fold(
                accepted -> {
                    throw new AssertionError("accepted: " + accepted.checks());
                },
                Verdict.Refused::refusal);
    }
}
