package city.elicence.city.observe;

import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms, newest first; each is raised once, however often it is seen. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int KEPT = 1_000;

    private final Clock clock;
    private final Deque<Alarm> alarms = new ArrayDeque<>();
    private final Set<String> raised = new HashSet<>();
    private final AtomicLong total = new AtomicLong();

    Alarms(Clock clock) {
        this.clock = clock;
    }

    synchronized void raise(String kind, long seqNo, String what) {
        if (!raised.add(kind + '|' + seqNo + '|' + what)) {
            return;
        }
        LOG.warn("alarm {} in transaction {}: {}", kind, seqNo, what);
        total.incrementAndGet();
        alarms.addFirst(new Alarm(kind, seqNo, what, clock.instant()));
        if (alarms.size() > KEPT) {
            alarms.removeLast();
        }
    }

    /** It is so no longer: the next time it is raised again. */
    synchronized void over(String kind, String what) {
        raised.remove(kind + "|0|" + what);
    }

    synchronized JsonArray json() {
        JsonArray json = new JsonArray();
        alarms.forEach(alarm -> json.add(alarm.json()));
        return json;
    }

    long total() {
        return total.get();
    }
}
