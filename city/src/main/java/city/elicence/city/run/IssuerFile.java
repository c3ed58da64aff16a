package city.elicence.city.run;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.citizen.IdentityProvider;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code issuer.properties} in a city's folder, read at each start: where citizens sign in, and where clients connect that
 * authenticate by a certificate. See docs/operations/issuer.md.
 */
public record IssuerFile(Path path) {
    private static final String PROVIDER = "identity_provider.";
    private static final String CERTIFICATE_PORT = "certificate_port";
    private static final Set<String> KNOWN = Set.of(
            PROVIDER + "issuer",
            PROVIDER + "client_id",
            PROVIDER + "client_secret",
            PROVIDER + "number_claim",
            CERTIFICATE_PORT);
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int HIGHEST_PORT = 65_535;

    public static IssuerFile in(Path folder) {
        return new IssuerFile(folder.resolve("issuer.properties"));
    }

    /** The usual settings, but for what the file says. */
    public IssuerSettings over(IssuerSettings usual) throws IOException {
        if (!Files.exists(path)) {
            return usual;
        }
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(path))) {
            throw new IllegalArgumentException(path + " can hold a secret: chmod 600 it");
        }
        Properties said = new Properties();
        try (Reader text = Files.newBufferedReader(path)) {
            said.load(text);
        }
        Set<String> unknown = new TreeSet<>(said.stringPropertyNames());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(path + " says " + unknown + "; expected only " + new TreeSet<>(KNOWN));
        }
        IssuerSettings settings = usual;
        if (said.containsKey(CERTIFICATE_PORT)) {
            settings = settings.withCertificatePort(port(said));
        }
        if (said.stringPropertyNames().stream().anyMatch(name -> name.startsWith(PROVIDER))) {
            settings = settings.with(provider(said));
        }
        return settings;
    }

    private IdentityProvider provider(Properties said) {
        String issuer = needed(said, PROVIDER + "issuer");
        String client = needed(said, PROVIDER + "client_id");
        String secret = needed(said, PROVIDER + "client_secret");
        String claim = needed(said, PROVIDER + "number_claim");
        try {
            return new IdentityProvider(URI.create(issuer), client, new IdentityProvider.Secret(secret), claim);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(path + ": identity_provider: " + wrong.getMessage(), wrong);
        }
    }

    private int port(Properties said) {
        String text = needed(said, CERTIFICATE_PORT);
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(path + ": certificate_port: expected 1 to " + HIGHEST_PORT);
        }
        return port;
    }

    private String needed(Properties said, String name) {
        String value = said.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(path + " lacks " + name);
        }
        return value;
    }
}
