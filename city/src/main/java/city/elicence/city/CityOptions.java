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
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept (default: ${DEFAULT-VALUE}); delete it for a full reset")
    private Path data = Path.of(".elicence");

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "first of the eight ports used (default: ${DEFAULT-VALUE})")
    private int portBase = 8300;

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
