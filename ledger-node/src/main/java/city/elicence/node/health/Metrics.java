package city.elicence.node.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the node counts, in the text format that Prometheus reads. Numbers only: nothing of what was written or asked. */
public final class Metrics {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> gauges = new LinkedHashMap<>();

    /** The things that are counted. */
    public enum Count {
        MESSAGES("messages_received_total"),
        READS("reads_answered_total"),
        WRITES("writes_answered_total"),
        REFUSED("requests_refused_total"),
        THROTTLED("messages_over_a_limit_total"),
        CATCH_UPS("catch_ups_answered_total"),
        CONNECTIONS_REFUSED("connections_refused_total"),
        UNKNOWN("writes_of_unknown_outcome_total"),
        FAILURES("failures_total"),
        BATCHES("batches_committed_total"),
        /** Divided by the batches: how long the disk takes. */
        COMMIT_MICROSECONDS("commit_microseconds_total");

        private final String metric;

        Count(String metric) {
            this.metric = metric;
        }
    }

    public void add(Count count) {
        add(count, 1);
    }

    public void add(Count count, long amount) {
        counters.computeIfAbsent(count.metric, name -> new LongAdder()).add(amount);
    }

    /** To be called before the node serves. */
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Count count : Count.values()) {
            LongAdder counter = counters.get(count.metric);
            line(text, "counter", count.metric, counter == null ? 0 : counter.sum());
        }
        gauges.forEach((name, value) -> line(text, "gauge", name, value.getAsLong()));
        return text.toString();
    }

    private static void line(StringBuilder text, String type, String name, long value) {
        String metric = "elicence_ledger_" + name;
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        text.append(metric).append(' ').append(value).append('\n');
    }
}
