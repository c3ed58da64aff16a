package city.elicence.wallet.present;

import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests that were answered: a request, seen again, is a replay. The oldest of very many are forgotten. */
final class Answered {
    private static final String NAME = "answered";
    private static final int MOST = 2000;

    private final Shelf shelf;

    Answered(Shelf shelf) {
        this.shelf = shelf;
    }

    boolean has(Request request) throws RefusedException {
        return known().containsKey(request.fingerprint());
    }

    void add(Request request, Instant at) throws RefusedException {
        Map<String, Object> known = new LinkedHashMap<>(known());
        known.put(request.fingerprint(), at.getEpochSecond());
        while (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        shelf.write(NAME, known);
    }

    private Map<String, Object> known() throws RefusedException {
        Map<String, Object> known = shelf.read(NAME);
        return known == null ? Map.of() : known;
    }
}
