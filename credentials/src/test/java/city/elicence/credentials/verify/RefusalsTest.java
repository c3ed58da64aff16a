package city.elicence.credentials.verify;

import static city.elicence.credentials.verify.TestCity.NOW;
import static city.elicence.credentials.verify.TestCity.VCT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.HashAlgorithm;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.credentials.verify.party.Ask;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.credentials.verify.party.RequestVerdict;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each refusal of the table, brought about by the one thing that it names, in a city where all else is right. */
class RefusalsTest {
    /** Mandates and company signatures have a play of their own, each refusal by name: {@code MandatesTest}. */
    private static final EnumSet<Refusal> OF_MANDATES = EnumSet.of(
            Refusal.MANDATE_MALFORMED,
            Refusal.MANDATE_NOT_THIS_COMPANYS,
            Refusal.COMPANY_LICENCE_NOT_IN_FORCE,
            Refusal.MANDATE_NOT_DELEGABLE,
            Refusal.MANDATE_POWERS_EXCEEDED,
            Refusal.MANDATE_LIMIT_EXCEEDED,
            Refusal.MANDATE_ENDED,
            Refusal.MANDATE_REVOKED,
            Refusal.SIGNATURES_MISSING,
            Refusal.SAME_PERSON_TWICE,
            Refusal.SIGNER_NOT_MANDATED);

    private interface Scenario {
        Verdict play(TestCity city) throws Exception;
    }

    private final Map<Refusal, Scenario> scenarios = new EnumMap<>(Refusal.class);

    @TestFactory
    @DisplayName("Each refusal has its own name when the one thing goes wrong that it names")
    List<DynamicTest> each() {
        form();
        issuer();
        claims();
        holder();
        status();
        receipt();
        useAndAsker();
        scenarios.put(Refusal.DOCUMENT_TYPE_NOT_SIGNED, city -> new TestMdoc(city).shownAsAnotherType());
        scenarios.put(Refusal.DEVICE_NOT_AUTHENTICATED, city -> new TestMdoc(city).shownByAnotherPhone());
        assertEquals(EnumSet.complementOf(OF_MANDATES), EnumSet.copyOf(scenarios.keySet()));
        List<DynamicTest> tests = new ArrayList<>();
        scenarios.forEach((refusal, scenario) -> tests.add(DynamicTest.dynamicTest(refusal.code(), () -> {
            Verdict verdict = scenario.play(new TestCity());
            Verdict.Refused refused = verdict.fold(
                    accepted -> {
                        throw new AssertionError("accepted: " + accepted.checks());
                    },
                    r -> r);
            assertEquals(refusal, refused.refusal(), refused.detail());
            if (!refused.checks().isEmpty()) {
                assertEquals(Check.values().length, refused.checks().size());
                List<CheckResult> failed = refused.checks().stream()
                        .filter(result -> result.outcome() == CheckResult.Outcome.FAILED)
                        .toList();
                assertEquals(1, failed.size());
                if (refusal != Refusal.INTERNAL) {
                    assertEquals(refusal.check(), failed.get(0).check());
                }
            }
        })));
        return tests;
    }

    @Test
    @DisplayName("All is right: accepted, with the claims that were shown and no others, and every check told")
    void accepted() throws Exception {
        TestCity city = new TestCity();
        SdJwt issued = city.issue();
        byte[] salt = new byte[16];
        Expectation expectation = city.expectation()
                .ofTypes(List.of(VCT))
                .askedBy(city.bank.did(), List.of(ClaimPath.of("name"), ClaimPath.of("vct")))
                .withReceipt(Need.REQUIRED);
        Verdict verdict = city.verify(
                Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(city.receipt(issued, salt)),
                expectation,
                city.trust(b -> b.logHeads(
                        List.of(TestCity.logHead(city.police, TestCity.log(issued, salt), NOW.minusSeconds(99))))));
        Verdict.Accepted accepted = (Verdict.Accepted) verdict;
        assertEquals("李雷", accepted.credential().claims().get("name"));
        assertEquals(List.of("C1"), accepted.credential().claims().get("classes"));
        assertFalse(accepted.credential().claims().containsKey("birth_date"));
        assertEquals(city.police.did(), accepted.credential().issuer().did());
        assertEquals(Optional.of(city.holder.publicKey()), accepted.credential().holderKey());
        assertEquals(NOW.minusSeconds(10), accepted.knownAsOf());
        assertFalse(accepted.hasWarnings(), accepted.checks().toString());
        List<Check> order = new ArrayList<>();
        accepted.checks().forEach(result -> order.add(result.check()));
        assertEquals(List.of(Check.values()), order);
        assertFalse(accepted.toString().contains("李雷"), "no claim in what may be logged");
    }

    @Test
    @DisplayName(
            "RFC 7519 §4.1.4 and §4.1.5: a key binding JWT that says when it begins or ends counts then alone, give or take the skew")
    void lifetimeOfKeyBinding() throws Exception {
        assertEquals(Refusal.KEY_BINDING_FROM_FUTURE, ((Verdict.Refused) bound("nbf", 61)).refusal());
        assertEquals(Refusal.KEY_BINDING_TOO_OLD, ((Verdict.Refused) bound("exp", -60)).refusal());
        assertInstanceOf(Verdict.Accepted.class, bound("nbf", 60));
        assertInstanceOf(Verdict.Accepted.class, bound("exp", -59));
    }

    private static Verdict bound(String claim, long seconds) throws Exception {
        TestCity city = new TestCity();
        Map<String, Object> more = Map.of(claim, NOW.plusSeconds(seconds).getEpochSecond());
        SdJwt shown = KeyBinding.sign(city.issue(), TestCity.NONCE, TestCity.AUDIENCE, NOW, more, city.holder);
        return city.verify(Presentation.of(shown.serialize()), city.expectation());
    }

    @Test
    @DisplayName("Every refusal speaks Chinese and English, says what to do, and has a code of its own")
    void table() {
        Set<String> codes = new HashSet<>();
        for (Refusal refusal : Refusal.values()) {
            assertTrue(refusal.code().matches("[a-z]+(-[a-z]+)*"), refusal.code());
            assertTrue(codes.add(refusal.code()));
            for (String chinese : List.of(refusal.zh(), refusal.nextStepZh())) {
                assertTrue(chinese.endsWith("。") && chinese.codePoints().anyMatch(Character::isIdeographic), chinese);
            }
            for (String english : List.of(refusal.en(), refusal.nextStepEn())) {
                assertTrue(english.endsWith(".") && english.codePoints().noneMatch(Character::isIdeographic), english);
            }
        }
    }

    private void form() {
        scenarios.put(
                Refusal.TOO_LARGE,
                city -> city.verify(Presentation.of("x".repeat(SdJwt.MAX_LENGTH + 1)), city.expectation()));
        scenarios.put(
                Refusal.MALFORMED,
                city -> city.verify(
                        Presentation.of(
                                city.show(city.issue(), city.holder).serialize().substring(1)),
                        city.expectation()));
        scenarios.put(
                Refusal.TYPE_NOT_ASKED_FOR,
                city -> city.verify(city.presentation(), city.expectation().ofTypes(List.of(TestCity.OTHER_VCT))));
        scenarios.put(Refusal.INTERNAL, city -> {
            TrustView broken = (TrustView) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {TrustView.class}, (self, method, arguments) -> {
                        if (method.getName().equals("asOf")) {
                            return NOW;
                        }
                        throw new IllegalStateException("trust view fails");
                    });
            return new PresentationVerifier(ReplayGuard.inMemory(9))
                    .verify(city.presentation(), city.expectation(), broken, NOW);
        });
    }

    private void issuer() {
        scenarios.put(Refusal.ALGORITHM_NOT_TAKEN, city -> {
            String issued = city.issue().serialize();
            String header = Json.write(Map.of(
                    "alg",
                    "ES384",
                    "typ",
                    "dc+sd-jwt",
                    "x5c",
                    city.police.chain().toX5c()));
            SdJwt renamed = SdJwt.parse(Base64Url.encodeText(header) + issued.substring(issued.indexOf('.')));
            return city.verify(Presentation.of(city.show(renamed, city.holder).serialize()), city.expectation());
        });
        scenarios.put(Refusal.ISSUER_CERTIFICATE_MISSING, city -> {
            SdJwt issued = new SdJwtIssuer(city.police.key(), new SecureRandom())
                    .issue(Map.of("typ", "dc+sd-jwt"), city.claims, city.frame);
            return city.verify(Presentation.of(city.show(issued, city.holder).serialize()), city.expectation());
        });
        scenarios.put(Refusal.ISSUER_SIGNATURE_INVALID, city -> {
            SdJwt forged = new SdJwtIssuer(SoftwareKey.generate(), new SecureRandom())
                    .issue(Map.of("typ", "dc+sd-jwt", "x5c", city.police.chain().toX5c()), city.claims, city.frame);
            return city.verify(Presentation.of(city.show(forged, city.holder).serialize()), city.expectation());
        });
        scenarios.put(
                Refusal.ISSUER_UNKNOWN,
                city -> city.verify(
                        Presentation.of(city.show(city.issueBy(TestParty.of("Th7MpTaRZVRYnPiabds81Y")), city.holder)
                                .serialize()),
                        city.expectation()));
        scenarios.put(Refusal.ISSUER_CHAIN_UNTRUSTED, city -> {
            // An authority of its own making, whose leaf names the police's DID.
            SoftwareKey key = SoftwareKey.generate();
            var authority = TestParty.authority("CN=CA", key);
            TestParty impostor = city.police.withChain(TestParty.chain(
                    TestParty.leaf(
                            "CN=leaf",
                            city.police.key(),
                            authority,
                            key,
                            city.police.did().value()),
                    authority));
            return city.verify(
                    Presentation.of(
                            city.show(city.issueBy(impostor), city.holder).serialize()),
                    city.expectation());
        });
        scenarios.put(Refusal.TYPE_UNKNOWN, city -> {
            city.claims.put("vct", "https://attacker.example/types/driving-licence");
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(
                Refusal.ISSUER_NOT_ACCREDITED_FOR_TYPE,
                city -> city.verify(
                        Presentation.of(city.show(city.issueBy(city.registry), city.holder)
                                .serialize()),
                        city.expectation()));
        scenarios.put(Refusal.ISSUER_NOT_ACCREDITED_THEN, city -> {
            city.policeAccreditation =
                    TestCity.accreditation(city.police, "Traffic police", Period.from(TestCity.ISSUED.plusSeconds(1)));
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.ISSUER_FROZEN, city -> {
            city.policeAccreditation = city.policeAccreditation.frozen(TestCity.ISSUED);
            return city.verify(city.presentation(), city.expectation());
        });
    }

    private void claims() {
        scenarios.put(Refusal.ISSUED_IN_FUTURE, city -> {
            city.claims.put("iat", NOW.plusSeconds(61).getEpochSecond());
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.NOT_YET_VALID, city -> {
            city.claims.put("nbf", NOW.plusSeconds(61).getEpochSecond());
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.EXPIRED, city -> {
            city.claims.put("exp", NOW.minusSeconds(60).getEpochSecond());
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.DISCLOSURE_MALFORMED, city -> {
            String digest = digest("[\"salt\",\"_sd\",\"x\"]");
            city.claims.put("extra", "x");
            return city.verify(
                    Presentation.of(withPayload(city, Map.of("_sd", List.of(digest)), "[\"salt\",\"_sd\",\"x\"]")),
                    city.expectation());
        });
        scenarios.put(Refusal.DISCLOSURE_NOT_SIGNED, city -> {
            String added = Base64Url.encodeText("[\"salt\",\"classes\",[\"A1\"]]");
            SdJwt shown = SdJwt.parse(city.issue().present(List.of()).serialize() + added + "~");
            return city.verify(
                    Presentation.of(TestCity.bind(shown, NOW, city.holder).serialize()), city.expectation());
        });
        scenarios.put(Refusal.PROTECTED_CLAIM_DISCLOSED, city -> {
            String hidden = "[\"salt\",\"nbf\",1]";
            return city.verify(
                    Presentation.of(withPayload(city, Map.of("_sd", List.of(digest(hidden))), hidden)),
                    city.expectation());
        });
    }

    private void holder() {
        scenarios.put(Refusal.HOLDER_KEY_MISSING, city -> {
            city.claims.remove("cnf");
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(
                Refusal.KEY_BINDING_MISSING,
                city -> city.verify(Presentation.of(city.issue().serialize()), city.expectation()));
        scenarios.put(
                Refusal.KEY_BINDING_UNEXPECTED,
                city -> city.verify(city.presentation(), Expectation.receivedFromIssuer()));
        scenarios.put(Refusal.KEY_BINDING_MALFORMED, city -> {
            String jwt = Jws.sign(Map.of("typ", "JWT"), Map.of("nonce", TestCity.NONCE), city.holder);
            return city.verify(Presentation.of(city.issue().serialize() + jwt), city.expectation());
        });
        scenarios.put(
                Refusal.NOT_THE_HOLDER,
                city -> city.verify(
                        Presentation.of(
                                city.show(city.issue(), SoftwareKey.generate()).serialize()),
                        city.expectation()));
        scenarios.put(Refusal.PRESENTATION_ALTERED, city -> {
            SdJwt issued = city.issue();
            SdJwt shown = city.show(issued, city.holder);
            return city.verify(
                    Presentation.of(issued.serialize() + shown.keyBinding().orElseThrow()), city.expectation());
        });
        scenarios.put(
                Refusal.WRONG_AUDIENCE,
                city -> city.verify(city.presentation(), Expectation.online(TestCity.NONCE, "x509_hash:another")));
        scenarios.put(
                Refusal.WRONG_NONCE,
                city -> city.verify(city.presentation(), Expectation.online("nonce-2", TestCity.AUDIENCE)));
        scenarios.put(
                Refusal.KEY_BINDING_TOO_OLD,
                city -> city.verify(
                        Presentation.of(TestCity.bind(city.issue(), NOW.minus(Duration.ofSeconds(361)), city.holder)
                                .serialize()),
                        city.expectation()));
        scenarios.put(
                Refusal.KEY_BINDING_FROM_FUTURE,
                city -> city.verify(
                        Presentation.of(TestCity.bind(city.issue(), NOW.plusSeconds(61), city.holder)
                                .serialize()),
                        city.expectation()));
        scenarios.put(Refusal.REPLAYED, city -> {
            PresentationVerifier verifier = new PresentationVerifier(ReplayGuard.inMemory(9));
            Presentation presentation = city.presentation();
            assertTrue(verifier.verify(presentation, city.expectation(), city.trust(), NOW)
                    .isAccepted());
            return verifier.verify(presentation, city.expectation(), city.trust(), NOW.plusSeconds(2));
        });
    }

    private void status() {
        scenarios.put(Refusal.REVOKED, city -> {
            city.list.set(TestCity.INDEX, 1);
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.SUSPENDED, city -> {
            city.list.set(TestCity.INDEX, 2);
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.STATUS_NOT_VALID, city -> {
            city.list.set(TestCity.INDEX, 3);
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(Refusal.STATUS_REFERENCE_MALFORMED, city -> {
            city.claims.put("status", new StatusReference(TestCity.LIST, 1024).toClaim());
            return city.verify(city.presentation(), city.expectation());
        });
        scenarios.put(
                Refusal.STATUS_UNAVAILABLE,
                city -> city.verify(
                        city.presentation(),
                        city.expectation(),
                        city.withoutStatus().build()));
        scenarios.put(
                Refusal.STATUS_TOO_OLD,
                city -> city.verify(
                        city.presentation(), city.expectation().withStatus(Need.REQUIRED, Duration.ofSeconds(29))));
        scenarios.put(
                Refusal.STATUS_NOT_THE_ISSUERS,
                city -> city.verify(
                        city.presentation(),
                        city.expectation(),
                        city.withStatusBy(city.registry).build()));
        scenarios.put(Refusal.STATUS_ROLLED_BACK, city -> {
            TrustSnapshot ledger = city.withoutStatus()
                    .statusHeads(List.of(
                            TestCity.head(city.police, city.listTime.plusSeconds(5), Base64Url.encode(new byte[32]))))
                    .build();
            StatusVerdict.Known known = (StatusVerdict.Known)
                    new StatusTokens().verify(city.statusToken(city.police), TestCity.LIST, ledger, NOW);
            return city.verify(
                    city.presentation(),
                    city.expectation(),
                    city.withoutStatus().statuses(List.of(known.knowledge())).build());
        });
        scenarios.put(Refusal.STATUS_TOKEN_INVALID, city -> {
            StatusVerdict verdict = new StatusTokens()
                    .verify(
                            city.statusToken(city.police),
                            URI.create("https://issuer.example/other"),
                            city.trust(),
                            NOW);
            return asVerdict(((StatusVerdict.Rejected) verdict).refusal());
        });
    }

    private void receipt() {
        byte[] salt = new byte[16];
        scenarios.put(
                Refusal.RECEIPT_MISSING,
                city -> city.verify(city.presentation(), city.expectation().withReceipt(Need.REQUIRED)));
        scenarios.put(Refusal.RECEIPT_INVALID, city -> {
            SdJwt issued = city.issue();
            Receipt ofAnother = city.receipt(city.issue(), salt);
            return city.verify(
                    Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(ofAnother),
                    city.expectation());
        });
        scenarios.put(Refusal.RECEIPT_HEAD_UNKNOWN, city -> {
            SdJwt issued = city.issue();
            return city.verify(
                    Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(city.receipt(issued, salt)),
                    city.expectation().withReceipt(Need.REQUIRED));
        });
        scenarios.put(Refusal.RECEIPT_CONTRADICTS_LEDGER, city -> {
            SdJwt issued = city.issue();
            MerkleTree fork = TestCity.log(city.issue(), salt);
            return city.verify(
                    Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(city.receipt(issued, salt)),
                    city.expectation(),
                    city.trust(b -> b.logHeads(List.of(TestCity.logHead(city.police, fork, NOW)))));
        });
        scenarios.put(Refusal.NOT_PROVEN_IN_TIME, city -> {
            Instant ended = NOW.minus(Duration.ofDays(1));
            city.policeAccreditation =
                    TestCity.accreditation(city.police, "Traffic police", new Period(TestParty.NOT_BEFORE, ended));
            SdJwt issued = city.issue();
            MerkleTree log = TestCity.log(issued, salt);
            return city.verify(
                    Presentation.of(city.show(issued, city.holder).serialize()).withReceipt(city.receipt(issued, salt)),
                    city.expectation(),
                    city.trust(b -> b.logHeads(List.of(TestCity.logHead(city.police, log, ended.plusSeconds(1))))));
        });
    }

    private void useAndAsker() {
        scenarios.put(
                Refusal.USE_ONCE_SECRET_MISSING,
                city -> city.verify(
                        city.presentation(),
                        city.expectation().withUseOnce(new UseOnce("claim", ClaimPath.of("use_secret")))));
        scenarios.put(Refusal.ALREADY_USED, city -> {
            SdJwt shown = city.issue().present(List.of(ClaimPath.of("use_secret")));
            Nullifier used = Nullifier.of("claim", Base64Url.decode(TestCity.SECRET));
            TrustView trust = new UsedView(city.trust(), used);
            Expectation expectation = city.expectation().withUseOnce(new UseOnce("claim", ClaimPath.of("use_secret")));
            return new PresentationVerifier(ReplayGuard.inMemory(9))
                    .verify(
                            Presentation.of(
                                    TestCity.bind(shown, NOW, city.holder).serialize()),
                            expectation,
                            trust,
                            NOW);
        });
        scenarios.put(
                Refusal.RELYING_PARTY_UNKNOWN,
                city -> city.verify(
                        city.presentation(),
                        city.expectation()
                                .askedBy(TestParty.of("Th7MpTaRZVRYnPiabds81Y").did(), List.of())));
        scenarios.put(
                Refusal.ASKS_TOO_MUCH,
                city -> city.verify(
                        city.presentation(),
                        city.expectation().askedBy(city.bank.did(), List.of(ClaimPath.of("birth_date")))));
        scenarios.put(Refusal.RELYING_PARTY_UNTRUSTED, city -> {
            Jws request = Jws.parse(
                    Jws.sign(Map.of("x5c", city.bank.chain().toX5c()), Map.of("nonce", "n"), SoftwareKey.generate()));
            RequestVerdict verdict =
                    new RequestChecks().check(request, List.of(new Ask(VCT, List.of())), city.trust(), NOW);
            return asVerdict(((RequestVerdict.Refused) verdict).refusal());
        });
    }

    /** The city's credential with further signed payload, and one more disclosure, shown by the holder. */
    private static String withPayload(TestCity city, Map<String, Object> more, String disclosure) throws Exception {
        Map<String, Object> payload = new LinkedHashMap<>(city.claims);
        payload.putAll(more);
        String jwt = Jws.sign(
                Map.of("typ", "dc+sd-jwt", "x5c", city.police.chain().toX5c()), Json.write(payload), city.police.key());
        SdJwt shown = SdJwt.parse(jwt + "~" + Base64Url.encodeText(disclosure) + "~");
        return KeyBinding.sign(shown, TestCity.NONCE, TestCity.AUDIENCE, NOW, Map.of(), city.holder)
                .serialize();
    }

    private static String digest(String disclosure) {
        return HashAlgorithm.SHA_256.digest(Base64Url.encodeText(disclosure));
    }

    private static Verdict asVerdict(Refusal refusal) {
        return new Verdict.Refused(refusal, "", List.of(), NOW);
    }
}
