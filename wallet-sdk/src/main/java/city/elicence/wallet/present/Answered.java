package city.elicence.wallet.present;

import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests that were answered: a request, seen again, is a replay. Spread over many small records by their fingerprints, so that
 * no answer has to write thousands anew; the oldest of very many are forgotten.
 */
final class Answered {
    private static final String PREFIX = "answered-";
    private static final int MOST_IN_A_RECORD = 32;

    private final Shelf shelf;

    Answered(Shelf shelf) {
        this.shelf = shelf;
    }

    boolean has(Request request) throws RefusedException {
        return known(record(request)).containsKey(request.fingerprint());
    }

    void add(Request request, Instant at) throws RefusedException {
        String record = record(request);
        Map<String, Object> known = new LinkedHashMap<>(known(record));
        known.put(request.fingerprint(), at.getEpochSecond());
        while (known.size() > MOST_IN_A_RECORD) {
            known.remove(known.keySet().iterator().next());
        }
        shelf.write(record, known);
    }

    /** One of 256. */
    private static String record(Request request) {
        return PREFIX + request.fingerprint().substring(0, 2);
    }

    private Map<String, Object> known(String record) throws RefusedException {
        Map<String, Object> known = shelf.read(record);
        return known == null ? Map.of() : known;
    }
}
