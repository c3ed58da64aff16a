package city.elicence.node.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many messages a client may send: a bucket a connection that holds {@value #BURST} and is refilled by {@value #PER_SECOND} a
 * second. Used by the door's thread alone.
 */
final class Admission {
    static final int BURST = 4_000;
    static final int PER_SECOND = 2_000;
    /** Connections that are remembered; the longest unused is forgotten, and has then waited long enough for a full bucket. */
    private static final int MAX_CLIENTS = 10_000;

    private static final long NANOS_PER_MESSAGE = 1_000_000_000L / PER_SECOND;

    /** By client, the time up to which its messages are accounted for. */
    private final Map<ClientAddress, Long> spentUntil = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientAddress, Long> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    boolean admits(ClientAddress client, long nanoTime) {
        long full = nanoTime - BURST * NANOS_PER_MESSAGE;
        long spent = Math.max(spentUntil.getOrDefault(client, full), full);
        boolean admitted = spent + NANOS_PER_MESSAGE <= nanoTime;
        spentUntil.put(client, admitted ? spent + NANOS_PER_MESSAGE : spent);
        return admitted;
    }
}
