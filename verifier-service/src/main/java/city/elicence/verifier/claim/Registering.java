package city.elicence.verifier.claim;

import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers what the desk took in, beside all requests: a ledger that is slow or down keeps nobody waiting for an answer. */
public final class Registering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registering.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(10);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 64;

    private final Registrar registrar;
    private final UseRows rows;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore called = new Semaphore(0);
    private final ExecutorService working = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread looking;
    private volatile boolean open = true;

    private Registering(Registrar registrar, UseRows rows) {
        this.registrar = registrar;
        this.rows = rows;
        this.looking = Thread.ofVirtual().name("verifier-use").unstarted(this::look);
    }

    /** Starts with what a crash left. */
    public static Registering start(Pool pool, Ledger ledger, LedgerKeys keys, Vault vault, Clock clock) {
        UseRows rows = new UseRows(pool, vault, clock);
        Registering registering = new Registering(new Registrar(ledger, keys, rows, clock), rows);
        registering.looking.start();
        return registering;
    }

    /** There is a new row. */
    public void call() {
        called.release();
    }

    private void look() {
        long tidyAt = System.nanoTime();
        boolean sealed = false;
        while (open) {
            try {
                if (!sealed) {
                    rows.sealWhatIsClear();
                    sealed = true;
                }
                for (String id : rows.due(AT_ONCE)) {
                    if (underWay.size() < AT_ONCE && underWay.add(id)) {
                        working.execute(() -> register(id));
                    }
                }
                if (System.nanoTime() - tidyAt > TIDY_EVERY.toNanos()) {
                    tidyAt = System.nanoTime();
                    rows.forgetSecrets();
                }
                if (called.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    called.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException failed) {
                LOG.warn("uses could not be looked for: {}", failed.getClass().getSimpleName());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(String id) {
        try {
            if (!registrar.register(id)) {
                later(id);
            }
        } catch (LedgerException unanswered) {
            LOG.info("a use waits for the ledger: {}", unanswered.reason());
            later(id);
        } catch (RuntimeException failed) {
            // What the row says is true whatever failed: the next look goes on from there.
            LOG.warn("a use was not registered yet: {}", failed.getClass().getSimpleName());
            pause();
        } finally {
            underWay.remove(id);
        }
    }

    private void later(String id) {
        rows.find(id).ifPresent(claim -> rows.later(id, claim.attempts()));
    }

    @Override
    public void close() {
        open = false;
        called.release();
        try {
            looking.join(END_PATIENCE);
            working.shutdown();
            if (!working.awaitTermination(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("uses are still being registered; their rows say where to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
