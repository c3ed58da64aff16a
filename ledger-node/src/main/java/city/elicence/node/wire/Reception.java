package city.elicence.node.wire;

import city.elicence.node.health.Metrics;
import city.elicence.node.health.Metrics.Count;
import city.elicence.node.request.Refusal;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Between door and desk: lets messages in within their limits, and has them worked on by as many threads as there are processors. */
public final class Reception implements Closeable {
    private static final int MAX_WAITING = 20_000;
    private static final int CLOSE_SECONDS = 10;

    private final ClientDoor door;
    private final ClientDesk desk;
    private final Metrics metrics;
    private final Admission admission = new Admission();
    private final ThreadPoolExecutor workers;

    public Reception(ClientDoor door, ClientDesk desk, Metrics metrics) {
        this.door = door;
        this.desk = desk;
        this.metrics = metrics;
        int threads = Runtime.getRuntime().availableProcessors();
        this.workers = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("ledger-desk-", 0).factory());
        metrics.gauge("messages_waiting", () -> workers.getQueue().size());
    }

    public void open() {
        door.start(this::received);
    }

    private void received(ClientAddress client, byte[] message) {
        metrics.add(Count.MESSAGES);
        if (!admission.admits(client, System.nanoTime())) {
            refuse(client, message, "expected at most " + Admission.PER_SECOND + " messages a second on a connection");
            return;
        }
        try {
            workers.execute(() -> desk.handle(message, reply -> door.send(client, reply)));
        } catch (RejectedExecutionException e) {
            refuse(client, message, "too many messages wait; try again");
        }
    }

    private void refuse(ClientAddress client, byte[] message, String reason) {
        metrics.add(Count.THROTTLED);
        door.send(client, Replies.refused(ReqIdScan.find(message), Optional.empty(), Refusal.invalid(reason)));
    }

    /** What was let in is answered, then the door is shut. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        door.close();
    }
}
