package city.elicence.credentials.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Remembers what was shown. A verifier of several processes keeps it in its database. */
public interface ReplayGuard {
    /**
     * Whether this is the first time that this presentation is seen, and remembers it until {@code until}. The key is a digest of
     * what the holder signed, not of the signature, of which a stranger can make a second form.
     */
    boolean firstSeen(String key, Instant until, Instant now);

    /** A guard for one process, which remembers at most that many at a time. */
    static ReplayGuard inMemory(int capacity) {
        return new InMemory(capacity);
    }

    /** A replay guard for one process. When it is full it refuses all, rather than forget what it saw. */
    final class InMemory implements ReplayGuard {
        private final int capacity;
        private final Map<String, Instant> seen = new HashMap<>();
        private Instant nextSweep = Instant.MIN;

        private InMemory(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public synchronized boolean firstSeen(String key, Instant until, Instant now) {
            if (!now.isBefore(nextSweep) || seen.size() >= capacity) {
                sweep(now);
            }
            if (seen.containsKey(key) || seen.size() >= capacity) {
                return false;
            }
            seen.put(key, until);
            return true;
        }

        private void sweep(Instant now) {
            for (Iterator<Instant> untils = seen.values().iterator(); untils.hasNext(); ) {
                if (untils.next().isBefore(now)) {
                    untils.remove();
                }
            }
            nextSweep = now.plusSeconds(10);
        }
    }
}
