package city.elicence.credentials.verify.mandate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.TestParty;
import city.elicence.credentials.verify.Verdict;
import city.elicence.credentials.verify.VerifiedCredential;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A mandate leads by its chain to the company's key, its business licence and the accredited registry; each broken link has a name. */
class MandatesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String LICENCE = "https://issuer.example/types/business-licence";
    private static final String MANDATE = "https://issuer.example/types/employee-mandate";
    private static final URI REGISTRY_LIST = URI.create("https://issuer.example/registry/status/1");
    private static final URI COMPANY_LIST = URI.create("https://wallet.example/acme/status");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestParty registry = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final StatusList registryList = StatusList.ofSize(2, 1024);
    private final StatusList companyList = StatusList.ofSize(1, 1024);
    private final SoftwareKey acme = SoftwareKey.generate();
    private final SoftwareKey other = SoftwareKey.generate();
    private final SoftwareKey lin = SoftwareKey.generate();
    private final SoftwareKey zhou = SoftwareKey.generate();
    private Instant companyListAt = NOW.minusSeconds(5);

    private SdJwt licence(SoftwareKey company, String code, int place) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", LICENCE);
        claims.put("iat", NOW.minus(Duration.ofDays(30)).getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofDays(900)).getEpochSecond());
        claims.put("cnf", Map.of("jwk", company.publicKey().toJwk()));
        claims.put("status", new StatusReference(REGISTRY_LIST, place).toClaim());
        claims.put("unified_code", code);
        claims.put("signatures_required", 2L);
        return SdJwtVc.issue(new SdJwtIssuer(registry.key(), RANDOM), registry.chain(), claims, Frame.of(List.of()));
    }

    private final SdJwt licence = licence(acme, "ACME", 1);

    private Map<String, Object> claims(SoftwareKey holder, String person, int place) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", MANDATE);
        claims.put("iat", NOW.minusSeconds(60).getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofDays(90)).getEpochSecond());
        claims.put("cnf", Map.of("jwk", holder.publicKey().toJwk()));
        claims.put("status", new StatusReference(COMPANY_LIST, place).toClaim());
        claims.put("unified_code", "ACME");
        claims.put("employee_id_number", person);
        claims.put("powers", List.of("open-account", "apply-finance"));
        claims.put("limit", 1000L);
        claims.put("may_delegate", false);
        return claims;
    }

    private SdJwt mandate(SoftwareKey by, SdJwt parent, Map<String, Object> claims) {
        return Mandates.issue(by, parent, claims, Frame.of(List.of(ClaimPath.of("employee_id_number"))), RANDOM);
    }

    private Verdict show(SdJwt mandate, SoftwareKey holder) throws SdJwtException {
        SdJwt shown = mandate.present(List.of(ClaimPath.of("employee_id_number")));
        String signed = KeyBinding.sign(shown, "n", "a", NOW, Map.of(), holder).serialize();
        String token = StatusListToken.signByHolder(
                companyList,
                new StatusListToken.Terms(
                        COMPANY_LIST, companyListAt, Duration.ofMinutes(5), Duration.ofSeconds(2), COMPANY_LIST),
                acme);
        return new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(
                        Presentation.of(signed).withStatusTokens(List.of(token)),
                        Expectation.online("n", "a"),
                        trust(),
                        NOW);
    }

    private TrustSnapshot trust() {
        TrustSnapshot.Builder builder = TrustSnapshot.asOf(NOW)
                .accreditations(List.of(new Accreditation(
                        registry.did(),
                        new Names("市场监督管理局", "Registry"),
                        Set.of(Role.ISSUER),
                        List.of(registry.anchor()),
                        List.of(new Grant("business-licence", Period.from(TestParty.NOT_BEFORE))),
                        List.of(),
                        null)))
                .types(List.of(
                        new TypeRecord("business-licence", 2, LICENCE, "d1"),
                        new TypeRecord("employee-mandate", 2, MANDATE, "d2")));
        String token = StatusListToken.sign(
                registryList,
                new StatusListToken.Terms(
                        REGISTRY_LIST, NOW.minusSeconds(5), Duration.ofHours(1), Duration.ofMinutes(5), REGISTRY_LIST),
                registry.key(),
                registry.chain().toX5c());
        StatusVerdict known = new StatusTokens().verify(token, REGISTRY_LIST, builder.build(), NOW);
        return builder.statuses(List.of(((StatusVerdict.Known) known).knowledge()))
                .build();
    }

    private static void refused(Refusal refusal, Verdict verdict) {
        assertEquals(refusal, verdict.fold(accepted -> null, Verdict.Refused::refusal));
    }

    @Test
    @DisplayName("A mandate by the company's own key is accepted, and says whose it is")
    void accepted() throws SdJwtException {
        Verdict verdict = show(mandate(acme, licence, claims(lin, "P1", 7)), lin);
        assertTrue(verdict.isAccepted(), verdict.toString());
        VerifiedCredential credential = ((Verdict.Accepted) verdict).credential();
        assertEquals(registry.did(), credential.issuer().did());
        assertEquals("ACME", credential.mandator().orElseThrow().unifiedCode());
        assertEquals(10, verdict.checks().size());
    }

    @Test
    @DisplayName("A mandate that another key signed under this company's licence is not this company's")
    void anotherKey() throws SdJwtException {
        refused(Refusal.MANDATE_NOT_THIS_COMPANYS, show(mandate(other, licence, claims(lin, "P1", 7)), lin));
    }

    @Test
    @DisplayName("A company cannot write a mandate that names another company")
    void anotherCompany() throws SdJwtException {
        SdJwt theirs = licence(other, "OTHER", 2);
        refused(Refusal.MANDATE_NOT_THIS_COMPANYS, show(mandate(other, theirs, claims(lin, "P1", 7)), lin));
    }

    @Test
    @DisplayName("A mandate that somebody else holds is nobody's to show")
    void anotherPerson() throws SdJwtException {
        refused(Refusal.NOT_THE_HOLDER, show(mandate(acme, licence, claims(lin, "P1", 7)), zhou));
    }

    @Test
    @DisplayName("A mandate has ended, was revoked, its company's licence was revoked: each is said by name")
    void notInForce() throws Exception {
        Map<String, Object> ended = claims(lin, "P1", 7);
        ended.put("exp", NOW.minusSeconds(3600).getEpochSecond());
        refused(Refusal.MANDATE_ENDED, show(mandate(acme, licence, ended), lin));
        companyList.set(7, StatusList.INVALID);
        refused(Refusal.MANDATE_REVOKED, show(mandate(acme, licence, claims(lin, "P1", 7)), lin));
        registryList.set(1, StatusList.INVALID);
        refused(Refusal.COMPANY_LICENCE_NOT_IN_FORCE, show(mandate(acme, licence, claims(lin, "P1", 8)), lin));
    }

    @Test
    @DisplayName("A list of the company that is a minute old says nothing of now")
    void oldList() throws SdJwtException {
        companyListAt = NOW.minusSeconds(61);
        refused(Refusal.STATUS_TOO_OLD, show(mandate(acme, licence, claims(lin, "P1", 7)), lin));
    }

    @Test
    @DisplayName("A mandate is handed on only where it says so, and with no more than it had")
    void handedOn() throws SdJwtException {
        Map<String, Object> own = claims(lin, "P1", 7);
        SdJwt notToHandOn = mandate(acme, licence, own);
        refused(Refusal.MANDATE_NOT_DELEGABLE, show(mandate(lin, notToHandOn, claims(zhou, "P2", 8)), zhou));
        own.put("may_delegate", true);
        SdJwt toHandOn = mandate(acme, licence, own);
        Verdict verdict = show(mandate(lin, toHandOn, claims(zhou, "P2", 8)), zhou);
        assertTrue(verdict.isAccepted(), verdict.toString());
        Map<String, Object> more = claims(zhou, "P2", 8);
        more.put("powers", List.of("sign-contract"));
        refused(Refusal.MANDATE_POWERS_EXCEEDED, show(mandate(lin, toHandOn, more), zhou));
        Map<String, Object> dearer = claims(zhou, "P2", 8);
        dearer.put("limit", 1001L);
        refused(Refusal.MANDATE_LIMIT_EXCEEDED, show(mandate(lin, toHandOn, dearer), zhou));
        dearer.remove("limit");
        refused(Refusal.MANDATE_LIMIT_EXCEEDED, show(mandate(lin, toHandOn, dearer), zhou));
    }

    @Test
    @DisplayName("A chain of more links than the limit is not followed")
    void tooLong() throws SdJwtException {
        SdJwt link = licence;
        SoftwareKey by = acme;
        for (int i = 0; i < Mandates.MOST_LINKS + 1; i++) {
            Map<String, Object> claims = claims(lin, "P" + i, 7 + i);
            claims.put("may_delegate", true);
            link = mandate(by, link, claims);
            by = lin;
        }
        refused(Refusal.MANDATE_MALFORMED, show(link, lin));
    }

    @Test
    @DisplayName("A company signs mandates and no other type")
    void onlyMandates() throws SdJwtException {
        Map<String, Object> claims = claims(lin, "P1", 7);
        claims.put("vct", LICENCE);
        refused(Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE, show(mandate(acme, licence, claims), lin));
    }

    @Test
    @DisplayName("One flipped bit in a mandate is never accepted")
    void flipped() throws SdJwtException {
        String good = mandate(acme, licence, claims(lin, "P1", 7)).serialize();
        for (int i = 0; i < good.indexOf('~'); i += 41) {
            char[] bad = good.toCharArray();
            bad[i] = bad[i] == 'A' ? 'B' : 'A';
            try {
                Verdict verdict = show(SdJwt.parse(new String(bad)), lin);
                assertTrue(bad[i] == good.charAt(i) || !verdict.isAccepted(), "accepted with a change at " + i);
            } catch (SdJwtException unreadable) {
                assertTrue(unreadable.getMessage() != null);
            }
        }
    }

    private SignatoryCheck.Signer signer(SoftwareKey holder, String person, int place, boolean signed)
            throws SdJwtException {
        Verdict verdict = show(mandate(acme, licence, claims(holder, person, place)), holder);
        return new SignatoryCheck.Signer(((Verdict.Accepted) verdict).credential(), signed);
    }

    private VerifiedCredential shownLicence() throws SdJwtException {
        SdJwt shown = KeyBinding.sign(licence, "n", "a", NOW, Map.of(), acme);
        Verdict verdict = new PresentationVerifier(ReplayGuard.inMemory(10))
                .verify(Presentation.of(shown.serialize()), Expectation.online("n", "a"), trust(), NOW);
        return ((Verdict.Accepted) verdict).credential();
    }

    private Refusal act(String power, long amount, SignatoryCheck.Signer... signers) throws SdJwtException {
        VerifiedCredential company = shownLicence();
        CompanyAct act = new CompanyAct(power, OptionalLong.of(amount));
        return assertThrows(
                        RefusedException.class, () -> SignatoryCheck.require(act, List.of(company), List.of(signers)))
                .refusal();
    }

    @Test
    @DisplayName(
            "Two must sign: one, the same twice, one who did not sign for it, powers and limit exceeded are refused by name")
    void joint() throws Exception {
        SignatoryCheck.Signer first = signer(lin, "P1", 7, true);
        SignatoryCheck.Signer second = signer(zhou, "P2", 8, true);
        SignatoryCheck.require(
                new CompanyAct("open-account", OptionalLong.of(1000)), List.of(shownLicence()), List.of(first, second));
        assertEquals(Refusal.SIGNATURES_MISSING, act("open-account", 1, first));
        assertEquals(Refusal.SAME_PERSON_TWICE, act("open-account", 1, first, first));
        assertEquals(Refusal.SAME_PERSON_TWICE, act("open-account", 1, first, signer(zhou, "P1", 9, true)));
        assertEquals(Refusal.SIGNER_NOT_MANDATED, act("open-account", 1, first, signer(zhou, "P2", 8, false)));
        assertEquals(Refusal.MANDATE_POWERS_EXCEEDED, act("sign-contract", 1, first, second));
        assertEquals(Refusal.MANDATE_LIMIT_EXCEEDED, act("open-account", 1001, first, second));
    }
}
