package city.elicence.credentials.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A replay guard for one process. When it is full it refuses all, rather than forget what it saw. */
public final class MemoryReplayGuard implements ReplayGuard {
    private final int capacity;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant nextSweep = Instant.MIN;

    public MemoryReplayGuard(int capacity) {
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
