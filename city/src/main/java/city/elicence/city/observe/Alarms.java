package city.elicence.city.observe;

import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarms, newest first; each is raised once, however often it is seen, and again when it had ended between. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int KEPT = 1_000;

    private final Clock clock;
    private final List<Alarm> alarms = new ArrayList<>();
    /** The states that have not ended; what is an act needs no place here, so that this has the size of what is watched. */
    private final Map<String, Alarm> raised = new HashMap<>();

    private final AtomicLong total = new AtomicLong();

    Alarms(Clock clock) {
        this.clock = clock;
    }

    /** An act on the ledger: it stays what it was. Raised once as long as it is on the list. */
    synchronized void raise(String kind, long seqNo, String what) {
        if (alarms.stream().noneMatch(each -> each.isAct(kind, seqNo, what))) {
            add(new Alarm(kind, seqNo, what, clock.instant(), null));
        }
    }

    /**
     * A state that may end.
     *
     * @param about what is in that state, such as a list's address
     */
    synchronized void begins(String kind, String about, String what) {
        raised.computeIfAbsent(kind + '|' + about, begun -> add(new Alarm(kind, 0, what, clock.instant(), null)));
    }

    /** It is so no longer: the next time it is raised again. */
    synchronized void ends(String kind, String about) {
        Alarm over = raised.remove(kind + '|' + about);
        if (over != null) {
            LOG.info("alarm {} ends: {}", kind, over.what());
            alarms.replaceAll(each -> each.equals(over) ? over.endedAt(clock.instant()) : each);
        }
    }

    private Alarm add(Alarm alarm) {
        LOG.warn("alarm {} in transaction {}: {}", alarm.kind(), alarm.seqNo(), alarm.what());
        total.incrementAndGet();
        alarms.add(alarm);
        if (alarms.size() > KEPT) {
            forgetOne();
        }
        return alarm;
    }

    /** The oldest state that has ended; only where there is none, the oldest of all. */
    private void forgetOne() {
        for (int i = 0; i < alarms.size(); i++) {
            if (alarms.get(i).ended() != null) {
                alarms.remove(i);
                return;
            }
        }
        alarms.removeFirst();
    }

    synchronized JsonArray json() {
        JsonArray json = new JsonArray();
        alarms.reversed().forEach(alarm -> json.add(alarm.json()));
        return json;
    }

    long total() {
        return total.get();
    }
}
