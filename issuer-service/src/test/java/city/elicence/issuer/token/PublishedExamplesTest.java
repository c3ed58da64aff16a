package city.elicence.issuer.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.issuer.refusal.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishedExamplesTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("elicence.root", ".."), "..", "shared", "vectors", "openid4vci-1.0", "examples");
    private static final String ISSUER = "https://credential-issuer.example.com";

    @Test
    @DisplayName("OpenID4VCI 1.0 §5.1.1: the standard's authorization_details are read, whatever claims they list")
    void authorizationDetails() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(EXAMPLES), "skipped: no published vectors at " + EXAMPLES.normalize());
        List<Path> files;
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("authorization_details"))
                    .toList();
        }
        assertEquals(7, files.size());
        for (Path file : files) {
            assertFalse(RequestedLicences.in(Files.readString(file), ISSUER).isEmpty(), file::toString);
        }
        String several = Files.readString(EXAMPLES.resolve("authorization_details_multiple_credentials.json"));
        assertEquals(
                Set.of("UniversityDegreeCredential", "org.iso.18013.5.1.mDL"), RequestedLicences.in(several, ISSUER));
        String elsewhere = Files.readString(EXAMPLES.resolve("authorization_details_with_as.json"));
        assertThrows(Refused.class, () -> RequestedLicences.in(elsewhere, "https://another.example"));
    }
}
