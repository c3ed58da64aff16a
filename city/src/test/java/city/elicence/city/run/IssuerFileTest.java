package city.elicence.city.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.TestCity;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.citizen.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("issuer.properties in a city's folder")
class IssuerFileTest {
    private static final IssuerSettings USUAL = IssuerSettings.usual(new byte[32], null);
    private static final String PROVIDER = """
            identity_provider.issuer = https://id.city.example/realms/citizens
            identity_provider.client_id = elicence-issuer
            identity_provider.client_secret = a-secret-of-the-test
            identity_provider.number_claim = citizen_number
            """;

    @TempDir
    Path folder;

    private IssuerSettings read(String text, String mode) throws IOException {
        Path file = folder.resolve("issuer.properties");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return IssuerFile.in(folder).over(USUAL);
    }

    private String refused(String text, String mode) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> {
                    read(text, mode);
                    IssuerFile.in(folder).sm2Offices();
                })
                .getMessage());
    }

    @Test
    @DisplayName("Where there is none, citizens sign in with a code from the counter, and any port is for certificates")
    void none() throws IOException {
        assertSame(USUAL, IssuerFile.in(folder).over(USUAL));
    }

    @Test
    @DisplayName(
            "It names the identity provider at which citizens sign in, and the port for clients with a certificate")
    void both() throws IOException {
        IssuerSettings settings = read(PROVIDER + "certificate_port = 8443\n", "rw-------");
        IdentityProvider provider = Objects.requireNonNull(settings.identityProvider());
        assertEquals(URI.create("https://id.city.example/realms/citizens"), provider.issuer());
        assertEquals("elicence-issuer", provider.clientId());
        assertEquals("a-secret-of-the-test", provider.secret().text());
        assertEquals("citizen_number", provider.numberClaim());
        assertEquals(8443, settings.certificatePort());
        assertEquals(null, read("certificate_port=8443", "rw-------").identityProvider());
    }

    @Test
    @DisplayName("It names the authorities that sign by SM2 with SM3; without it nobody does")
    void sm2() throws IOException {
        assertEquals(USUAL, read("sm2.offices = traffic-police, tax-bureau", "rw-------"));
        assertEquals(
                Set.of("traffic-police", "tax-bureau"), IssuerFile.in(folder).sm2Offices());
        assertTrue(refused("sm2.offices =", "rw-------").contains("lacks sm2.offices"));
        Files.delete(folder.resolve("issuer.properties"));
        assertEquals(Set.of(), IssuerFile.in(folder).sm2Offices());
    }

    @Test
    @DisplayName("What is wrong with it is said before anything starts, and no secret with it")
    void wrong() {
        assertTrue(refused(PROVIDER, "rw-r--r--").contains("chmod 600"));
        Map<String, String> wrong = Map.of(
                PROVIDER.replace("https:", "http:"),
                "https address",
                PROVIDER.replace("client_id", "client"),
                "identity_provider.client",
                PROVIDER.replaceAll("(?m)^.*number_claim.*\\n", ""),
                "lacks identity_provider.number_claim",
                "certificate_port = 70000",
                "certificate_port",
                "certificate_port = ",
                "lacks certificate_port");
        wrong.forEach((text, said) -> {
            String refusal = refused(text, "rw-------");
            assertTrue(refusal.contains(said), refusal);
            assertFalse(refusal.contains("a-secret-of-the-test"), refusal);
        });
    }

    @Test
    @DisplayName("It names authorities of wallet providers elsewhere, and what is no certificate stops the start")
    void walletProviders() throws Exception {
        read("wallet_providers = theirs.pem\n", "rw-------");
        IssuerFile file = IssuerFile.in(folder);
        assertThrows(IllegalArgumentException.class, file::walletProviders);
        Files.writeString(folder.resolve("theirs.pem"), "no certificate");
        assertThrows(IllegalArgumentException.class, file::walletProviders);
        Files.copy(
                TestCity.get().city().folder().trustAnchor(),
                folder.resolve("theirs.pem"),
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(
                TestCity.get().city().roots().getFirst().getTrustedCert(),
                file.walletProviders().getFirst().getTrustedCert());
        read("", "rw-------");
        assertEquals(List.of(), file.walletProviders());
    }
}
