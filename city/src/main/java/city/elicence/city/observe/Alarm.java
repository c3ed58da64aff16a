package city.elicence.city.observe;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Something that must not be.
 *
 * @param kind a stable word, such as {@code log-forked}
 * @param seqNo the transaction in which it shows; 0 when it shows in none
 * @param what in words; nothing personal, since the observer sees nothing personal
 */
record Alarm(String kind, long seqNo, String what, Instant at) {
    JsonObject json() {
        return new JsonObject()
                .put("kind", kind)
                .put("seq_no", seqNo)
                .put("what", what)
                .put("at", at.toString());
    }
}
