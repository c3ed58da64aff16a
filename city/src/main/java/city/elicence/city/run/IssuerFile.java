package city.elicence.city.run;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.citizen.IdentityProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * {@code issuer.properties} in a city's folder, read at each start: where citizens sign in, where clients connect that
 * authenticate by a certificate, whose wallets are believed beside the city's own, and who signs by SM2. See
 * docs/operations/issuer.md.
 */
public record IssuerFile(Path path) {
    private static final String PROVIDER = "identity_provider.";
    private static final String CERTIFICATE_PORT = "certificate_port";
    private static final String WALLET_PROVIDERS = "wallet_providers";
    private static final String SM2_OFFICES = "sm2.offices";
    private static final Set<String> KNOWN = Set.of(
            PROVIDER + "issuer",
            PROVIDER + "client_id",
            PROVIDER + "client_secret",
            PROVIDER + "number_claim",
            CERTIFICATE_PORT,
            WALLET_PROVIDERS,
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
        return settings;
    }

    /** The authorities that sign their SD-JWT VCs by SM2 with SM3, and take holders' keys of it; none where nothing is said. */
    public Set<String> sm2Offices() throws IOException {
        Properties said = file().read();
        return said.containsKey(SM2_OFFICES)
                ? Set.copyOf(Arrays.asList(file().needed(said, SM2_OFFICES).split("\\s*,\\s*")))
                : Set.of();
    }

    /** Authorities of wallet providers that are no parties of this ledger, from the PEM file that is named; none where nothing is said. */
    public List<TrustAnchor> walletProviders() throws IOException {
        Properties said = file().read();
        if (!said.containsKey(WALLET_PROVIDERS)) {
            return List.of();
        }
        Path pem = path.resolveSibling(file().needed(said, WALLET_PROVIDERS));
        try (InputStream in = Files.newInputStream(pem)) {
            List<TrustAnchor> anchors = new ArrayList<>();
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.add(new TrustAnchor((X509Certificate) each, null));
            }
            return anchors;
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalArgumentException(
                    path + ": wallet_providers: expected a readable file of certificates in PEM, found " + pem,
                    unreadable);
        }
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
