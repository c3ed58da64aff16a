package city.elicence.credentials.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.check.Validator;
import city.elicence.credentials.json.ClaimPath;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every claim and every rule of every built-in type, broken one at a time. */
class TamperedSamplesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    @TestFactory
    @DisplayName("A mandatory claim that is missing is asked for by its label")
    Stream<DynamicTest> missing() {
        return each((type, claim) -> claim.mandatory() && given(type, claim), (type, claim) -> {
            ClaimProblem problem = first(type, Samples.with(type, claim.path(), null));
            assertEquals("missing", problem.code());
            assertEquals(concrete(claim.path()), problem.path());
            assertTrue(problem.sentence().en().contains(claim.label().en()));
            assertTrue(problem.sentence().zh().contains(claim.label().zh()));
        });
    }

    @TestFactory
    @DisplayName("A value of another type is refused")
    Stream<DynamicTest> wrongType() {
        return each(TamperedSamplesTest::given, (type, claim) -> {
            ClaimProblem problem = first(type, Samples.with(type, claim.path(), 1.5));
            assertEquals("type", problem.code());
            assertEquals(concrete(claim.path()), problem.path());
        });
    }

    @TestFactory
    @DisplayName("A number whose last character is wrong is refused by the name of its rule")
    Stream<DynamicTest> checkDigits() {
        return each((type, claim) -> claim.validator() != null && given(type, claim), (type, claim) -> {
            String good = (String) required(type, claim.path());
            String wrong = good.substring(0, good.length() - 1) + "?";
            ClaimProblem problem = first(type, Samples.with(type, claim.path(), wrong));
            assertTrue(problem.code().startsWith(claim.validator() + "."), problem.code());
            assertFalse(problem.sentence().en().contains(wrong), "the value is not repeated");
        });
    }

    @TestFactory
    @DisplayName("A value that is not among the choices is refused")
    Stream<DynamicTest> choices() {
        return each((type, claim) -> !claim.choices().isEmpty() && given(type, claim), (type, claim) -> {
            boolean array = claim.type() == ValueType.ARRAY;
            Object wrong = array ? List.of("none of these") : "none of these";
            assertEquals(
                    "choice",
                    first(type, Samples.with(type, claim.path(), wrong)).code());
        });
    }

    @TestFactory
    @DisplayName("What is made at issue cannot be entered")
    Stream<DynamicTest> notEntered() {
        return each(
                (type, claim) -> !claim.entered(),
                (type, claim) -> assertEquals(
                        "not-entered",
                        first(type, Samples.with(type, claim.path(), true)).code()));
    }

    @TestFactory
    @DisplayName("A claim that the type does not have is refused")
    Stream<DynamicTest> unknown() {
        return CATALOGUE.types().stream()
                .map(type -> DynamicTest.dynamicTest(
                        type.id(),
                        () -> assertEquals(
                                "unknown",
                                first(type, Samples.with(type, ClaimPath.of("invented_by_a_test"), "x"))
                                        .code())));
    }

    @TestFactory
    @DisplayName("Every rule between claims refuses the claims that break it")
    Stream<DynamicTest> rules() {
        List<DynamicTest> tests = new ArrayList<>();
        for (CredentialType type : CATALOGUE.types()) {
            for (Rule rule : type.rules()) {
                tests.add(DynamicTest.dynamicTest(type.id() + ": " + rule, () -> breaks(type, rule)));
            }
        }
        assertTrue(tests.size() > 100);
        return tests.stream();
    }

    private static void breaks(CredentialType type, Rule rule) {
        if (rule instanceof Rule.BirthDateInIdNumber birth) {
            refused(type, birth.date(), "1930-01-01", "birth-date-in-id-number");
        } else if (rule instanceof Rule.SexInIdNumber sex) {
            String other = "male".equals(Samples.first(type, sex.sex())) ? "female" : "male";
            refused(type, sex.sex(), other, "sex-in-id-number");
        } else if (rule instanceof Rule.Sum sum) {
            refused(type, sum.total(), 1 + (Long) required(type, sum.total()), "sum");
        } else if (rule instanceof Rule.SumIs sum) {
            refused(
                    type,
                    sum.parts().get(0),
                    1 + (Long) required(type, sum.parts().get(0)),
                    "sum-is");
        } else if (rule instanceof Rule.After after) {
            boolean moment = type.claim(after.later()).orElseThrow().type() == ValueType.DATETIME;
            refused(type, after.later(), moment ? "1900-01-01T00:00:00+08:00" : "1900-01-01", "after");
        } else if (rule instanceof Rule.NotFuture future) {
            boolean moment = type.claim(future.date()).orElseThrow().type() == ValueType.DATETIME;
            refused(type, future.date(), moment ? "2026-11-24T00:00:00+08:00" : "2026-11-24", "not-future");
        } else if (rule instanceof Rule.Equal equal) {
            refused(type, equal.claim(), "another", "equal");
        } else if (rule instanceof Rule.Different different) {
            Object other = required(type, different.other());
            refused(type, different.claim(), other, "different");
        } else if (rule instanceof Rule.PresentWhen present) {
            boolean there = Samples.first(type, present.claim()) != null;
            Object turned = there ? null : plausible(type, present.claim());
            assertCode(there ? "present-when" : "absent-unless", type, Samples.with(type, present.claim(), turned));
        } else if (rule instanceof Rule.YearInNumber year) {
            String number = (String) required(type, year.number());
            String other = number.contains("-")
                    ? number.replaceFirst("-[0-9]{4}-", "-2001-")
                    : number.substring(0, 4) + "2001" + number.substring(8);
            refused(type, year.number(), other, "year-in-number");
        }
    }

    private static String plausible(CredentialType type, ClaimPath path) {
        Validator validator = type.claim(path).orElseThrow().validator();
        return validator == Validator.VAT_INVOICE ? "25112000000000000099" : "0000000099";
    }

    private static Object required(CredentialType type, ClaimPath path) {
        Object value = Samples.first(type, path);
        assertTrue(value != null, type.id() + " has a sample value at " + path);
        return value;
    }

    private static void refused(CredentialType type, ClaimPath path, Object value, String code) {
        assertCode(code, type, Samples.with(type, path, value));
    }

    private static void assertCode(String code, CredentialType type, Map<String, Object> claims) {
        List<ClaimProblem> problems = type.check(claims, TODAY);
        ClaimProblem found = problems.stream()
                .filter(problem -> problem.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected " + code + ", found " + problems));
        assertFalse(found.sentence().en().contains("{"), "labels stand in the place of paths");
        assertFalse(found.sentence().zh().contains("{"), "labels stand in the place of paths");
    }

    private static ClaimProblem first(CredentialType type, Map<String, Object> claims) {
        List<ClaimProblem> problems = type.check(claims, TODAY);
        assertFalse(problems.isEmpty(), "expected a refusal");
        return problems.get(0);
    }

    private static String concrete(ClaimPath path) {
        return path.toString().replace("*", "0");
    }

    private static boolean given(CredentialType type, Claim claim) {
        return claim.entered() && Samples.first(type, claim.path()) != null;
    }

    private static Stream<DynamicTest> each(
            BiPredicate<CredentialType, Claim> which, BiConsumer<CredentialType, Claim> attempt) {
        List<DynamicTest> tests = new ArrayList<>();
        for (CredentialType type : CATALOGUE.types()) {
            for (Claim claim : type.allClaims()) {
                if (which.test(type, claim)) {
                    tests.add(
                            DynamicTest.dynamicTest(type.id() + " " + claim.path(), () -> attempt.accept(type, claim)));
                }
            }
        }
        assertTrue(tests.size() > 30, "there is something to try");
        return tests.stream();
    }
}
