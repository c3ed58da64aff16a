package city.elicence.city;

import city.elicence.city.run.CityLedger;
import city.elicence.city.run.OwnAddress;
import city.elicence.city.setup.CityFolder;
import city.elicence.web.DoorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a city lives and listens: the options that its commands share. */
final class CityOptions {
    private static final String DATA = ".elicence";
    private static final int PORT_BASE = 8300;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept (default: ${DEFAULT-VALUE}); delete it for a full reset")
    private Path data = Path.of(DATA);

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "first of the nine ports used (default: ${DEFAULT-VALUE})")
    private int portBase = PORT_BASE;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "this machine's IPv4 address in the Wi-Fi, for a phone there; needs --tls (default: none but"
                    + " this machine reaches the city)")
    private String host = DoorSettings.LOOPBACK;

    @Option(names = "--tls", description = "serve HTTPS with a certificate authority made at first start")
    private boolean tls;

    @Option(
            names = "--genesis",
            paramLabel = "FILE",
            description = "genesis transactions of an Indy pool to use instead of a ledger node of this city's own")
    private @Nullable Path genesis;

    @Option(
            names = "--trustee",
            paramLabel = "FILE",
            description = "with --genesis: key file (did, seed) of the pool's DID that accredits and publishes types")
    private @Nullable Path trustee;

    CityFolder folder() throws IOException {
        CityFolder folder = CityFolder.at(data);
        System.setProperty("elicence.logs", folder.logs().toString());
        return folder;
    }

    /** The command that runs this same city for people, as a shell takes it. */
    String up() {
        StringBuilder command = new StringBuilder("./elicence up");
        if (!data.equals(Path.of(DATA))) {
            command.append(" --data '").append(data).append('\'');
        }
        if (portBase != PORT_BASE) {
            command.append(" --port-base ").append(portBase);
        }
        if (tls) {
            command.append(" --tls");
        }
        if (!host.equals(DoorSettings.LOOPBACK)) {
            command.append(" --host ").append(host);
        }
        if (genesis != null && trustee != null) {
            command.append(" --genesis '")
                    .append(genesis)
                    .append("' --trustee '")
                    .append(trustee)
                    .append('\'');
        }
        return command.toString();
    }

    int portBase() {
        if (portBase < 1024 || portBase > 65_500) {
            throw new IllegalArgumentException("--port-base lies between 1024 and 65500");
        }
        return portBase;
    }

    String host() {
        return OwnAddress.of(host, tls);
    }

    boolean tls() {
        return tls;
    }

    Optional<CityLedger.Outside> pool() {
        if (genesis == null && trustee == null) {
            return Optional.empty();
        }
        if (genesis == null || trustee == null) {
            throw new IllegalArgumentException("--genesis and --trustee go together");
        }
        return Optional.of(new CityLedger.Outside(genesis, trustee));
    }
}
