package city.elicence.city.observe;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.web.DoorSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An observer that runs until it is stopped. */
public final class ObserverProcess implements AutoCloseable {
    private final Vertx vertx;
    private final ZmqLedgerReader ledger;
    private final @Nullable IndyVdrLedger writing;
    private final Observer observer;
    private final ObserverDoor door;

    /**
     * How it runs.
     *
     * @param door of the dashboard
     * @param authority the authority's key; null where it shall only look
     */
    public record Settings(
            Path genesis,
            String namespace,
            DoorSettings door,
            List<URI> reports,
            Observer.Pace pace,
            @Nullable LedgerSigner authority) {
        public Settings {
            reports = List.copyOf(reports);
        }
    }

    private ObserverProcess(Settings settings, Clock clock) throws LedgerException {
        ledger = Ledgers.open(settings.genesis(), settings.namespace(), clock);
        vertx = Vertx.vertx();
        LedgerSigner authority = settings.authority();
        Freezing freezing = null;
        if (authority == null) {
            writing = null;
        } else {
            writing = IndyVdrLedger.open(VdrSettings.of(settings.genesis(), authority.did()));
            freezing = new Freezing(writing, authority);
        }
        observer = Observer.start(ledger, settings.reports(), settings.pace(), clock);
        door = ObserverDoor.open(vertx, settings.door(), observer, freezing, clock);
    }

    /** Starts one. */
    public static ObserverProcess start(Settings settings, Clock clock) throws LedgerException {
        return new ObserverProcess(settings, clock);
    }

    public ObserverDoor door() {
        return door;
    }

    /** Runs one until the process is ended. */
    public static int run(Settings settings, Consumer<String> out) throws LedgerException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
        try (ObserverProcess process = start(settings, Clock.systemUTC())) {
            out.accept("The observer follows the ledger. Ctrl-C stops it.");
            out.accept("  dashboard  " + process.door().link());
            stop.await();
        }
        return 0;
    }

    @Override
    public void close() {
        door.close();
        observer.close();
        if (writing != null) {
            writing.close();
        }
        ledger.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
