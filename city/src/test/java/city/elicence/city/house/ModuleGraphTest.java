package city.elicence.city.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The edges of docs/ARCHITECTURE.md, and no others. */
class ModuleGraphTest {
    private static final String ROOT = "city.elicence.";
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "credentials", List.of(),
            "sm2", List.of("credentials"),
            "ledger", List.of("credentials"),
            "node", List.of("credentials", "ledger"),
            "web", List.of("credentials"),
            "wallet", List.of("credentials"),
            "company", List.of("credentials", "wallet", "web"),
            "issuer", List.of("credentials", "ledger", "web"),
            "verifier", List.of("credentials", "ledger", "web"));
    private static final List<String> ISSUER_STEPS = List.of("registry", "offer", "token", "issue", "status", "anchor");
    private static final List<String> VERIFIER_STEPS = List.of("request", "response", "decide", "claim", "audit");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("city.elicence");
        assertTrue(classes.size() > 100, "the rules look at real classes");
    }

    @Test
    @DisplayName("A module uses only the modules that the architecture lets it use")
    void edges() {
        List<String> all = List.of(
                "credentials", "sm2", "ledger", "node", "web", "wallet", "company", "issuer", "verifier", "city");
        MAY_USE.forEach((module, allowed) -> {
            String[] forbidden = all.stream()
                    .filter(other -> !other.equals(module) && !allowed.contains(other))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(classes);
        });
    }

    @Test
    @DisplayName("The steps of a service never call one another")
    void steps() {
        noStepCalls("issuer", ISSUER_STEPS);
        noStepCalls("verifier", VERIFIER_STEPS);
    }

    @Test
    @DisplayName(
            "Nimbus stays inside credentials.jose, ZXing inside credentials.qr, native code inside ledger.vdr and ledger.pkcs11;"
                    + " a phone needs no Bouncy Castle")
    void walls() {
        wall("com.nimbusds..", ROOT + "credentials.jose..");
        wall("com.google.zxing..", ROOT + "credentials.qr..");
        wall("java.lang.foreign..", ROOT + "ledger.vdr..", ROOT + "ledger.pkcs11..");
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "credentials..", ROOT + "wallet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(classes);
    }

    @Test
    @DisplayName("credentials has no I/O, no clock, no framework and no logging")
    void pure() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "credentials..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.slf4j..", "java.net.http..", "java.nio.file..", "java.sql..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    @DisplayName("Packages of a module form no cycles")
    void cycles() {
        for (String module : MAY_USE.keySet()) {
            slices().matching(ROOT + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    private static void noStepCalls(String service, List<String> steps) {
        for (String step : steps) {
            String[] others = steps.stream()
                    .filter(other -> !other.equals(step))
                    .map(other -> ROOT + service + "." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + service + "." + step + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(classes);
        }
    }

    private static void wall(String library, String... only) {
        noClasses()
                .that()
                .resideInAPackage("city.elicence..")
                .and()
                .resideOutsideOfPackages(only)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }
}
