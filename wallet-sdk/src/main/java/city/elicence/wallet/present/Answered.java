package city.elicence.wallet.present;

import city.elicence.credentials.jose.Hex;
import city.elicence.credentials.json.Base64Url;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests that were answered: a request, seen again, is a replay. Spread over many small records by their fingerprints, so that
 * no answer has to write thousands anew; the oldest of very many are forgotten. The first release had one record for all, named by
 * their fingerprints in base64url: it is spread once, before anything is looked up.
 */
final class Answered {
    private static final String OF_THE_FIRST_RELEASE = "answered";
    private static final String PREFIX = OF_THE_FIRST_RELEASE + "-";
    private static final int MOST_IN_A_RECORD = 32;

    private final Shelf shelf;

    Answered(Shelf shelf) {
        this.shelf = shelf;
    }

    boolean has(Request request) throws RefusedException {
        spread();
        return known(record(request.fingerprint())).containsKey(request.fingerprint());
    }

    void add(Request request, Instant at) throws RefusedException {
        spread();
        String record = record(request.fingerprint());
        Map<String, Object> known = new LinkedHashMap<>(known(record));
        known.put(request.fingerprint(), at.getEpochSecond());
        keep(record, known);
    }

    /** The old record goes last: who dies before that begins again and comes to the same. */
    private void spread() throws RefusedException {
        Map<String, Object> old = shelf.read(OF_THE_FIRST_RELEASE);
        if (old == null) {
            return;
        }
        Map<String, Map<String, Object>> records = new TreeMap<>();
        for (Map.Entry<String, Object> answer : old.entrySet()) {
            String fingerprint = Shelf.parsed(old, json -> Hex.encode(Base64Url.decode(answer.getKey())));
            records.computeIfAbsent(record(fingerprint), none -> new LinkedHashMap<>())
                    .put(fingerprint, answer.getValue());
        }
        for (Map.Entry<String, Map<String, Object>> record : records.entrySet()) {
            Map<String, Object> known = record.getValue();
            known.putAll(known(record.getKey()));
            keep(record.getKey(), known);
        }
        shelf.delete(OF_THE_FIRST_RELEASE);
    }

    private void keep(String record, Map<String, Object> known) throws RefusedException {
        while (known.size() > MOST_IN_A_RECORD) {
            known.remove(known.keySet().iterator().next());
        }
        shelf.write(record, known);
    }

    /** One of 256. */
    private static String record(String fingerprint) {
        return PREFIX + fingerprint.substring(0, 2);
    }

    private Map<String, Object> known(String record) throws RefusedException {
        Map<String, Object> known = shelf.read(record);
        return known == null ? Map.of() : known;
    }
}
