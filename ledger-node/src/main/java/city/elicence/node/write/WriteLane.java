package city.elicence.node.write;

import city.elicence.node.books.Books;
import city.elicence.node.kind.WriteKinds;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.ledger.NotWrittenException;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one lane in which writes are ordered. What waits is taken as one batch: each request checked against the state that the ones
 * before it lead to, all put on disk with one flush, then each answered.
 */
public final class WriteLane implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteLane.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_BATCH = 500;
    private static final long MARKS_NANOS = 1_000_000_000L;

    private final Books books;
    private final Clock clock;
    private final LongConsumer onCommit;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closing;
    private long marksForced = System.nanoTime();
    private long marksLength;

    /** A signed request, with the keys under which its signatures were found right. */
    public record Pending(Request request, Map<String, String> keys, Consumer<Outcome> answer) {
        public Pending {
            keys = Map.copyOf(keys);
        }
    }

    /**
     * @param onCommit told how many nanoseconds each batch took to be on disk
     */
    public WriteLane(Books books, Clock clock, LongConsumer onCommit) {
        this.books = books;
        this.clock = clock;
        this.onCommit = onCommit;
        this.thread = Thread.ofPlatform().name("ledger-writer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Refuses what could never be written. */
    public static void checkForm(Request request) throws Refusal {
        WriteKinds.of(request.type())
                .orElseThrow(() -> Refusal.invalid("operation type " + request.type() + " is not known here"))
                .checkForm(request);
    }

    /** False when too many writes wait already. */
    public boolean offer(Pending pending) {
        return !closing && waiting.offer(pending);
    }

    public boolean full() {
        return closing || waiting.remainingCapacity() == 0;
    }

    public int waiting() {
        return waiting.size();
    }

    private void run() {
        List<Pending> batch = new ArrayList<>(MAX_BATCH);
        while (!closing || !waiting.isEmpty()) {
            try {
                batch.clear();
                Pending first = waiting.poll(100, java.util.concurrent.TimeUnit.MILLISECONDS);
                forceMarks();
                if (first == null) {
                    continue;
                }
                batch.add(first);
                waiting.drainTo(batch, MAX_BATCH - 1);
                write(batch);
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException | IOException e) {
                LOG.error("a batch of {} writes failed", batch.size(), e);
                batch.forEach(pending -> pending.answer().accept(new Outcome.Unknown()));
            }
        }
    }

    /** About once a second, so that after a power cut too the node knows most of what it had promised. */
    private void forceMarks() throws IOException {
        long now = System.nanoTime();
        if (now - marksForced >= MARKS_NANOS
                && marksLength != books.store().log().length()) {
            marksLength = books.store().log().length();
            marksForced = now;
            books.store().forceAcknowledged();
        }
    }

    private void write(List<Pending> pendings) throws IOException {
        long now = Math.max(clock.instant().getEpochSecond(), books.committed().lastTime());
        Batch batch = new Batch(books, now);
        List<Outcome> outcomes = new ArrayList<>(pendings.size());
        for (Pending pending : pendings) {
            outcomes.add(batch.add(pending));
        }
        if (!batch.entries().isEmpty()) {
            try {
                long begun = System.nanoTime();
                books.commit(batch.entries(), batch.state(), now);
                onCommit.accept(System.nanoTime() - begun);
            } catch (NotWrittenException e) {
                LOG.error("{} writes refused: {}", batch.entries().size(), e.getMessage(), e);
                replaceNew(outcomes, batch, new Outcome.Refused(Refusal.unavailable(String.valueOf(e.getMessage()))));
            } catch (IOException e) {
                LOG.error(
                        "the outcome of {} writes is not known", batch.entries().size(), e);
                replaceNew(outcomes, batch, new Outcome.Unknown());
            }
        }
        for (int i = 0; i < pendings.size(); i++) {
            pendings.get(i).answer().accept(outcomes.get(i));
        }
    }

    /** What was already on the ledger, or refused, stays so whatever happened to the batch. */
    private static void replaceNew(List<Outcome> outcomes, Batch batch, Outcome instead) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Written written
                    && batch.entries().contains(new LedgerStore.Entry(written.ledger(), written.txn()))) {
                outcomes.set(i, instead);
            }
        }
    }

    /** Writes what waits, then stops. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
