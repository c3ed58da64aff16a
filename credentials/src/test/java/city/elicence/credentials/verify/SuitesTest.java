package city.elicence.credentials.verify;

import static city.elicence.credentials.verify.TestCity.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The traffic police with keys of two suites, SM2 with SM3 and ES256, and both their authorities on the ledger. */
@DisplayName("A suite beside ES256")
class SuitesTest {
    private static final Suite SM2 = Suite.of(
            new Suite.Names("SGD_SM3_SM2", "SM2", "sm3", "SM3withSM2", "sm2p256v1", "SM3"), new BouncyCastleProvider());
    private static final Suites BOTH = Suites.and(SM2);
    private static final int STEP = 5;

    private final TestCity city = new TestCity();
    private final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg", SM2);
    private final SoftwareKey holder = SoftwareKey.generate(SM2);
    private final PresentationVerifier takesBoth = new PresentationVerifier((key, until, now) -> true, BOTH);

    /** What ES256 alone cannot read stands first. */
    @BeforeEach
    void accredited() {
        Accreditation known = city.policeAccreditation;
        city.policeAccreditation = new Accreditation(
                known.did(),
                known.names(),
                known.roles(),
                List.of(police.anchor(), city.police.anchor()),
                known.issues(),
                known.asks(),
                null);
        city.claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
    }

    private Verdict verdict(SdJwt shown) {
        return takesBoth.verify(Presentation.of(shown.serialize()), city.expectation(), city.trust(), NOW);
    }

    private static void refused(Refusal expected, Verdict verdict) {
        Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict);
        assertEquals(expected, refused.refusal(), refused.detail());
    }

    private SdJwt issuedBy(TestParty party) {
        return city.issueBy(party);
    }

    @Test
    @DisplayName("is taken of issuer and holder, of each apart, and of neither, once it was handed in")
    void taken() throws SdJwtException {
        for (TestParty issuer : List.of(police, city.police)) {
            for (SoftwareKey key : List.of(holder, city.holder)) {
                city.claims.put("cnf", Map.of("jwk", key.publicKey().toJwk()));
                Verdict verdict = verdict(city.show(issuedBy(issuer), key));
                assertInstanceOf(Verdict.Accepted.class, verdict, verdict::toString);
            }
        }
    }

    @Test
    @DisplayName("is refused by name where it was not; and its authority on the ledger is in nobody's way")
    void notTaken() throws SdJwtException {
        refused(
                Refusal.ALGORITHM_NOT_TAKEN,
                city.verify(Presentation.of(city.show(issuedBy(police), holder).serialize()), city.expectation()));
        refused(
                Refusal.HOLDER_KEY_MISSING,
                city.verify(
                        Presentation.of(city.show(issuedBy(city.police), holder).serialize()), city.expectation()));
        city.claims.put("cnf", Map.of("jwk", city.holder.publicKey().toJwk()));
        Verdict es256 = city.verify(
                Presentation.of(city.show(issuedBy(city.police), city.holder).serialize()), city.expectation());
        assertInstanceOf(Verdict.Accepted.class, es256, es256::toString);
    }

    @Test
    @DisplayName("RFC 9901 §4.1.1: its hash is taken with it, and is refused under ES256 where it was not")
    void hash() throws SdJwtException {
        SdJwt issued = issuedBy(police);
        assertEquals("sm3", issued.payload().get("_sd_alg"));
        Map<String, Object> header = new LinkedHashMap<>(issued.issuerJwt().header());
        header.remove("alg");
        header.put("x5c", city.police.chain().toX5c());
        String resigned = Jws.sign(header, issued.payload(), city.police.key());
        String whole = issued.serialize();
        SdJwt underEs256 = SdJwt.parse(resigned + whole.substring(whole.indexOf('~')), BOTH);
        SdJwt shown = city.show(underEs256, holder);
        assertInstanceOf(Verdict.Accepted.class, verdict(shown));
        refused(Refusal.DISCLOSURE_MALFORMED, city.verify(Presentation.of(shown.serialize()), city.expectation()));
    }

    @Test
    @DisplayName("One flipped bit is never accepted")
    void flippedBits() throws SdJwtException {
        String shown = city.show(issuedBy(police), holder).serialize();
        for (int at = 0; at < shown.length(); at += STEP) {
            char[] altered = shown.toCharArray();
            altered[at] = (char) (altered[at] ^ 1);
            Verdict verdict =
                    takesBoth.verify(Presentation.of(new String(altered)), city.expectation(), city.trust(), NOW);
            assertInstanceOf(Verdict.Refused.class, verdict, "at " + at);
        }
    }

    @Test
    @DisplayName("RFC 8725 §3.1: a key verifies by its own suite, whatever the header says")
    void renamed() throws SdJwtException {
        refused(Refusal.ISSUER_SIGNATURE_INVALID, verdict(shownAs("ES256", police)));
        refused(Refusal.ISSUER_SIGNATURE_INVALID, verdict(shownAs(SM2.algorithm(), city.police)));
    }

    /** Signed by the party's key, under a header that names another algorithm. */
    private SdJwt shownAs(String algorithm, TestParty party) throws SdJwtException {
        SdJwt issued = issuedBy(party);
        Map<String, Object> header = new LinkedHashMap<>(issued.issuerJwt().header());
        header.put("alg", algorithm);
        String input =
                Base64Url.encodeText(Json.write(header)) + '.' + Base64Url.encodeText(Json.write(issued.payload()));
        String signature = Base64Url.encode(party.key().sign(input.getBytes(StandardCharsets.US_ASCII)));
        String whole = issued.serialize();
        return city.show(SdJwt.parse(input + '.' + signature + whole.substring(whole.indexOf('~')), BOTH), holder);
    }

    @Test
    @DisplayName("Joins: another's authority, another's key, and a key of the other suite are no part of it")
    void joins() throws SdJwtException {
        TestParty impostor = TestParty.of("9LgYdQDM5jQE3YQvg2sMWk", SM2);
        refused(
                Refusal.ISSUER_UNKNOWN,
                verdict(city.show(issuedBy(TestParty.of("Th7MpTaRZVRYnPiabds81Y", SM2)), holder)));
        TestParty claims = new TestParty(
                police.did(),
                impostor.authority(),
                impostor.authorityKey(),
                impostor.key(),
                TestParty.chain(
                        SM2,
                        TestParty.leaf(
                                "CN=leaf",
                                impostor.key(),
                                impostor.authority(),
                                impostor.authorityKey(),
                                police.did().value()),
                        impostor.authority()));
        refused(Refusal.ISSUER_CHAIN_UNTRUSTED, verdict(city.show(issuedBy(claims), holder)));
        refused(Refusal.NOT_THE_HOLDER, verdict(city.show(issuedBy(police), SoftwareKey.generate(SM2))));
        refused(Refusal.NOT_THE_HOLDER, verdict(city.show(issuedBy(police), city.holder)));
    }

    @Test
    @DisplayName(
            "Token Status List §8.3: a list token that is signed by it is known to who takes it, and to nobody else")
    void statusToken() {
        String token = city.statusToken(police);
        StatusVerdict known = new StatusTokens(new PartyTrust(BOTH))
                .verify(token, TestCity.LIST, city.withoutStatus().build(), NOW);
        assertInstanceOf(StatusVerdict.Known.class, known, known::toString);
        StatusVerdict rejected = new StatusTokens()
                .verify(token, TestCity.LIST, city.withoutStatus().build(), NOW);
        assertTrue(rejected instanceof StatusVerdict.Rejected no && no.detail().startsWith("algorithm-not-taken"));
    }
}
