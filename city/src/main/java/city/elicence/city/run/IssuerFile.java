package city.elicence.city.run;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.citizen.IdentityProvider;
import city.elicence.sm2.Sm2;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;

/**
 * {@code issuer.properties} in a city's folder, read at each start: where citizens sign in, where clients connect that
 * authenticate by a certificate, and who signs by SM2. See docs/operations/issuer.md.
 */
public record IssuerFile(Path path) {
    private static final String PROVIDER = "identity_provider.";
    private static final String CERTIFICATE_PORT = "certificate_port";
    private static final String SM2_OFFICES = "sm2.offices";
    private static final Set<String> KNOWN = Set.of(
            PROVIDER + "issuer",
            PROVIDER + "client_id",
            PROVIDER + "client_secret",
            PROVIDER + "number_claim",
            CERTIFICATE_PORT,
            SM2_OFFICES);
    private static final int HIGHEST_PORT = 65_535;

    public static IssuerFile in(Path folder) {
        return new IssuerFile(folder.resolve("issuer.properties"));
    }

    /** The usual settings, but for what the file says. */
    public IssuerSettings over(IssuerSettings usual) throws IOException {
        Properties said = file().read();
        IssuerSettings settings = usual;
        if (said.containsKey(CERTIFICATE_PORT)) {
            settings = settings.withCertificatePort(port(said));
        }
        if (said.stringPropertyNames().stream().anyMatch(name -> name.startsWith(PROVIDER))) {
            settings = settings.with(provider(said));
        }
        return sm2Offices().isEmpty() ? settings : settings.with(Sm2.BESIDE_ES256);
    }

    /** The authorities that sign their SD-JWT VCs by SM2 with SM3, and take holders' keys of it; none where nothing is said. */
    public Set<String> sm2Offices() throws IOException {
        Properties said = file().read();
        return said.containsKey(SM2_OFFICES)
                ? Set.copyOf(Arrays.asList(file().needed(said, SM2_OFFICES).split("\\s*,\\s*")))
                : Set.of();
    }

    private SettingsFile file() {
        return new SettingsFile(path, KNOWN);
    }

    private IdentityProvider provider(Properties said) {
        String issuer = file().needed(said, PROVIDER + "issuer");
        String client = file().needed(said, PROVIDER + "client_id");
        String secret = file().needed(said, PROVIDER + "client_secret");
        String claim = file().needed(said, PROVIDER + "number_claim");
        try {
            return new IdentityProvider(URI.create(issuer), client, new IdentityProvider.Secret(secret), claim);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(path + ": identity_provider: " + wrong.getMessage(), wrong);
        }
    }

    private int port(Properties said) {
        String text = file().needed(said, CERTIFICATE_PORT);
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(path + ": certificate_port: expected 1 to " + HIGHEST_PORT);
        }
        return port;
    }
}
