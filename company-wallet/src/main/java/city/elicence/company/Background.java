package city.elicence.company;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the service does by itself, again and again; a round that fails is logged, and the next one tries again. */
final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(1, work -> {
        Thread thread = new Thread(work, "company-background");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ScheduledFuture<?>> rounds;

    Background(Runnable... works) {
        rounds = List.of(works).stream()
                .<ScheduledFuture<?>>map(work -> clockwork.scheduleWithFixedDelay(
                        () -> tried(work), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
    }

    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("a round of background work failed: {}", failed.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        rounds.forEach(round -> round.cancel(false));
        clockwork.shutdown();
        try {
            if (!clockwork.awaitTermination(5, TimeUnit.SECONDS)) {
                clockwork.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
