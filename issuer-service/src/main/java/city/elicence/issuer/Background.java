package city.elicence.issuer;

import city.elicence.issuer.issue.NotificationDesk;
import city.elicence.issuer.proof.Spent;
import city.elicence.issuer.standing.TokenHistory;
import city.elicence.issuer.token.TokenDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on without being asked: anchoring, following accreditations, forgetting. No request waits for it. */
final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final CountDownLatch ending = new CountDownLatch(1);
    private final List<Thread> threads;

    private Background(IssuerParts parts, IssuerSettings settings) {
        this.threads = List.of(
                repeat("anchor", settings.limits().anchorEvery(), () -> anchor(parts)),
                repeat(
                        "accreditation",
                        FOLLOW_EVERY,
                        () -> parts.accreditation().round(parts.clock().instant())),
                repeat("sweep", SWEEP_EVERY, () -> sweep(parts)));
    }

    static Background start(IssuerParts parts, IssuerSettings settings) {
        return new Background(parts, settings);
    }

    private static void anchor(IssuerParts parts) {
        parts.publisher().signNew(parts.tenants(), parts.clock().instant());
        parts.anchoring().round();
    }

    private static void sweep(IssuerParts parts) {
        Instant now = parts.clock().instant();
        // First what relying parties wait for.
        parts.publisher().signOld(parts.tenants(), now);
        parts.datedAhead().round(now);
        int forgotten = Spent.sweep(parts.store().direct(), now)
                + NotificationDesk.sweep(parts.store().direct(), now)
                + TokenDesk.sweep(parts.store().direct(), now)
                + TokenHistory.sweep(parts.store().direct(), now);
        if (forgotten > 0) {
            LOG.debug("forgot {} spent values and kept copies", forgotten);
        }
    }

    private Thread repeat(String name, Duration pause, Runnable work) {
        return Thread.ofVirtual().name("issuer-" + name).start(() -> {
            do {
                try {
                    work.run();
                } catch (RuntimeException fault) {
                    // The next round tries again; the kind of fault is enough to find it, its text may not be.
                    LOG.warn(
                            "{} failed and will be tried again: {}",
                            name,
                            fault.getClass().getName());
                }
            } while (!ended(pause));
        });
    }

    private boolean ended(Duration pause) {
        try {
            return ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        ending.countDown();
        for (Thread thread : threads) {
            try {
                thread.join(END_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
