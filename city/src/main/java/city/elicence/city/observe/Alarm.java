package city.elicence.city.observe;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not be.
 *
 * @param kind a stable word, such as {@code log-forked}
 * @param seqNo the transaction in which it shows; 0 when it shows in none
 * @param what in words; nothing personal, since the observer sees nothing personal
 * @param ended since when it is so no longer; null while it is, and always for what stands on the ledger
 */
record Alarm(
        String kind,
        long seqNo,
        String what,
        Instant at,
        @Nullable Instant ended) {
    Alarm endedAt(Instant end) {
        return new Alarm(kind, seqNo, what, at, end);
    }

    boolean isAct(String anotherKind, long anotherSeqNo, String anotherWhat) {
        return kind.equals(anotherKind) && seqNo == anotherSeqNo && what.equals(anotherWhat);
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("kind", kind)
                .put("seq_no", seqNo)
                .put("what", what)
                .put("at", at.toString());
        return ended == null ? json : json.put("ended", ended.toString());
    }
}
