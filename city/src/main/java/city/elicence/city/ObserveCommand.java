package city.elicence.city;

import city.elicence.city.observe.Observer;
import city.elicence.city.observe.ObserverProcess;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.ledger.LedgerSigner;
import city.elicence.web.DoorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The regulator's observer as a process of its own: needs the genesis file and trusts nothing else. */
@Command(
        name = "observe",
        mixinStandardHelpOptions = true,
        description = "Follows a ledger, checks every act on it, raises alarms, and serves a dashboard.")
final class ObserveCommand implements Callable<Integer> {
    @Option(names = "--genesis", required = true, paramLabel = "FILE", description = "the pool's genesis transactions")
    private Path genesis = Path.of("genesis.txn");

    @Option(names = "--namespace", description = "of the ledger's DIDs (default: ${DEFAULT-VALUE})")
    private String namespace = "beijing";

    @Option(names = "--port", description = "of the dashboard, on the loopback address (default: ${DEFAULT-VALUE})")
    private int port = 8340;

    @Option(
            names = "--reports",
            paramLabel = "URL",
            description = "a service that publishes counts at /oversight; may be given several times")
    private List<URI> reports = List.of();

    @Option(
            names = "--authority-key",
            paramLabel = "FILE",
            description = "the authority's ledger key: with it the dashboard can freeze a party")
    private @Nullable Path authorityKey;

    @Override
    public Integer call() throws Exception {
        LedgerSigner authority = authorityKey == null ? null : KeyFileSigner.open(authorityKey, namespace);
        return ObserverProcess.run(
                new ObserverProcess.Settings(
                        genesis,
                        namespace,
                        DoorSettings.local("observer", port),
                        reports,
                        Observer.Pace.USUAL,
                        authority),
                System.out::println);
    }
}
