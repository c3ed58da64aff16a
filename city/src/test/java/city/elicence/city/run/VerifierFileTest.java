package city.elicence.city.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.sm2.Sm2;
import city.elicence.verifier.VerifierSettings;
import city.elicence.web.DoorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("verifier.properties in a city's folder")
class VerifierFileTest {
    private static final VerifierSettings USUAL = VerifierSettings.usual(
            DoorSettings.local("verifier", 8302), SoftwareKey.generate().publicKey(), "https://issuer.example", false);

    @TempDir
    Path folder;

    private VerifierSettings read(String text) throws IOException {
        Path file = folder.resolve("verifier.properties");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return VerifierFile.in(folder).over(USUAL);
    }

    @Test
    @DisplayName("SM2 is taken where it says so, and where it says nothing ES256 alone")
    void sm2() throws IOException {
        assertSame(USUAL, VerifierFile.in(folder).over(USUAL));
        assertEquals(Suites.ES256_ALONE, USUAL.suites());
        assertEquals(Sm2.BESIDE_ES256, read("sm2 = true").suites());
        assertSame(USUAL, read("sm2 = false"));
    }

    @Test
    @DisplayName("What is wrong with it is said before anything starts")
    void wrong() {
        for (String text : new String[] {"sm2 = yes", "sm2 =", "sm3 = true"}) {
            String said = String.valueOf(assertThrows(IllegalArgumentException.class, () -> read(text))
                    .getMessage());
            assertTrue(said.contains("verifier.properties"), said);
        }
    }
}
