package city.elicence.verifier;

import city.elicence.ledger.view.TrustFollower;
import city.elicence.verifier.callback.Callbacks;
import city.elicence.verifier.decide.Deciding;
import city.elicence.verifier.decide.OfflineDesk;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.receipt.ShownDocuments;
import city.elicence.verifier.trust.CurrentTrust;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens without anyone asking: newly anchored status lists at once, the rest in turn. */
final class Housekeeping extends AbstractVerticle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration CALL_BACK_EVERY = Duration.ofMillis(500);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(30);

    private final Vertx home;
    private final Chores chores;
    private final Duration prefetchEvery;
    private String deployment = "";
    private volatile boolean open = true;

    /** Whose chores they are. */
    record Chores(
            CurrentTrust trust,
            Deciding deciding,
            Results results,
            OfflineDesk offline,
            Callbacks callbacks,
            ShownDocuments shown) {}

    private Housekeeping(Vertx home, Chores chores, Duration prefetchEvery) {
        this.home = home;
        this.chores = chores;
        this.prefetchEvery = prefetchEvery;
    }

    static Housekeeping start(Vertx vertx, Chores chores, Duration prefetchEvery, TrustFollower follower) {
        Housekeeping housekeeping = new Housekeeping(vertx, chores, prefetchEvery);
        housekeeping.deployment = vertx.deployVerticle(
                        housekeeping, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        follower.onChange(view -> housekeeping.newlyAnchored());
        return housekeeping;
    }

    @Override
    public void start() {
        run("restoring status lists", chores.trust()::restore);
        // After the service listens: nobody waits for another service to come up.
        vertx.runOnContext(ignored -> run("prefetching status lists", chores.trust()::prefetch));
        vertx.setPeriodic(
                prefetchEvery.toMillis(), ignored -> run("prefetching status lists", chores.trust()::prefetch));
        vertx.setPeriodic(CALL_BACK_EVERY.toMillis(), ignored -> run("calling back", chores.callbacks()::deliver));
        vertx.setPeriodic(
                1_000,
                TIDY_EVERY.toMillis(),
                ignored -> run("tidying", () -> {
                    chores.deciding().decideAbandoned();
                    chores.results().deleteOutdated();
                    chores.offline().tidy();
                    chores.shown().forget();
                }));
    }

    /** Called on the follower's thread: only hands over. */
    private void newlyAnchored() {
        if (open) {
            context.runOnContext(ignored -> run("fetching newly anchored lists", chores.trust()::fetchNewlyAnchored));
        }
    }

    /** A task that fails is tried again in its next turn: nothing that it does is lost by waiting. */
    private void run(String what, Runnable task) {
        if (!open) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.warn("{} failed: {}", what, failed.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        open = false;
        chores.callbacks().close();
        home.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
}
