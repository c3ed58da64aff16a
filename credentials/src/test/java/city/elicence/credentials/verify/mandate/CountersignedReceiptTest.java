package city.elicence.credentials.verify.mandate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.TestParty;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A receipt that two signed: each of the parties in it is swapped for another. */
class CountersignedReceiptTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final String LICENCE = "https://issuer.example/types/business-licence";

    private final TestParty registry = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final TestParty maker = TestParty.of("V4SGRU86Z58d6TV7PBUe6f");
    private final TestParty receiver = TestParty.of("Th7MpTaRZVRYnPiabds81Y");
    private final SoftwareKey acme = SoftwareKey.generate();
    private final SoftwareKey other = SoftwareKey.generate();
    private final String receipt = receipt(acme, "ACME", receiver);

    private SdJwt licence(SoftwareKey company, String code) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", LICENCE);
        claims.put("iat", NOW.minus(Duration.ofDays(30)).getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofDays(900)).getEpochSecond());
        claims.put("cnf", Map.of("jwk", company.publicKey().toJwk()));
        claims.put("unified_code", code);
        return SdJwtVc.issue(
                new SdJwtIssuer(registry.key(), new SecureRandom()), registry.chain(), claims, Frame.of(List.of()));
    }

    private String receipt(SoftwareKey signer, String code, TestParty verifier) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", "0123456789abcdef");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("unified_code", code);
        claims.put("verifier", verifier.did().value());
        claims.put("issuer", maker.did().value());
        claims.put("fields", List.of("file_number"));
        claims.put("purpose", "开户");
        claims.put("until", NOW.plusSeconds(60).getEpochSecond());
        return Mandates.sign(CompanyStatement.RECEIPT, signer, licence(acme, "ACME"), claims);
    }

    private TrustSnapshot trust() {
        Accreditation issues = new Accreditation(
                registry.did(),
                new Names("市场监督管理局", "Registry"),
                Set.of(Role.ISSUER),
                List.of(registry.anchor()),
                List.of(new Grant("business-licence", Period.from(TestParty.NOT_BEFORE))),
                List.of(),
                null);
        return TrustSnapshot.asOf(NOW)
                .accreditations(List.of(issues, bank(maker), bank(receiver)))
                .types(List.of(new TypeRecord("business-licence", 2, LICENCE, "d1")))
                .build();
    }

    private static Accreditation bank(TestParty party) {
        return new Accreditation(
                party.did(),
                new Names("银行", "Bank"),
                Set.of(Role.VERIFIER),
                List.of(party.anchor()),
                List.of(),
                List.of(),
                null);
    }

    private String signed(String text, TestParty by) {
        return CountersignedReceipt.sign(text, NOW, by.chain(), by.key());
    }

    private Refusal refused(String countersigned) {
        return assertThrows(RefusedException.class, () -> CountersignedReceipt.verify(countersigned, trust(), NOW))
                .refusal();
    }

    @Test
    @DisplayName("A receipt that the company and the receiver signed says one and the same for both, inside one object")
    void accepted() throws RefusedException {
        CountersignedReceipt both = CountersignedReceipt.verify(signed(receipt, receiver), trust(), NOW);
        assertEquals(receipt, both.receipt());
        assertEquals(NOW, both.receivedAt());
        assertEquals("开户", both.statement().claims().get("purpose"));
        assertEquals("ACME", both.statement().mandator().unifiedCode());
    }

    @Test
    @DisplayName(
            "Who made the document cannot sign that another received it, nor can the receiver sign for somebody else")
    void anotherReceiver() {
        assertEquals(Refusal.WRONG_AUDIENCE, refused(signed(receipt, maker)));
        assertEquals(Refusal.WRONG_AUDIENCE, refused(signed(receipt(acme, "ACME", maker), receiver)));
    }

    @Test
    @DisplayName("A receiver that is not accredited, or signs with a key of its own choice, has signed nothing")
    void strangers() {
        TestParty stranger = TestParty.of("LjgpST2rjsoxYegQDRm7EL");
        assertEquals(Refusal.RELYING_PARTY_UNKNOWN, refused(signed(receipt(acme, "ACME", stranger), stranger)));
        assertEquals(
                Refusal.RELYING_PARTY_UNTRUSTED,
                refused(CountersignedReceipt.sign(receipt, NOW, receiver.chain(), SoftwareKey.generate())));
    }

    @Test
    @DisplayName(
            "A receipt that the company did not sign, or signed for another company, is not countersigned by anybody")
    void anotherCompany() {
        assertEquals(Refusal.MANDATE_NOT_THIS_COMPANYS, refused(signed(receipt(other, "ACME", receiver), receiver)));
        assertEquals(Refusal.MANDATE_NOT_THIS_COMPANYS, refused(signed(receipt(acme, "OTHER", receiver), receiver)));
    }

    @Test
    @DisplayName("The receipt alone is not the countersigned one, and one inside the other is not either")
    void otherObjects() {
        assertEquals(Refusal.MALFORMED, refused(receipt));
        assertEquals(Refusal.MALFORMED, refused(signed(signed(receipt, receiver), receiver)));
        assertEquals(Refusal.MALFORMED, refused("a.b.c"));
    }
}
