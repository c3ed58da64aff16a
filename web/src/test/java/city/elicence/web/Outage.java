package city.elicence.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What every service says while its database is away, and how long a test waits until it works again. */
public final class Outage {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Outage() {}

    /**
     * Holds an answer against what is to be said: that it is for a while, and when to ask again.
     *
     * @param headers by name, whatever the case
     * @param json its body
     */
    public static void told(int status, Map<String, List<String>> headers, Map<String, Object> json) {
        assertEquals(503, status, json.toString());
        assertEquals("temporarily_unavailable", json.get("error"));
        assertEquals(List.of("2"), headers.get("retry-after"));
        assertTrue(json.containsKey("trace_id"));
    }

    /** Waits until it is so. */
    public static void until(BooleanSupplier holds) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "did not become so");
            Thread.sleep(50);
        }
    }
}
