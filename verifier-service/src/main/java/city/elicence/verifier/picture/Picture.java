package city.elicence.verifier.picture;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleTree;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Number, sum, overdue part and largest counterparty of receivables, and the Merkle root over them. Each leaf is salted, so that the
 * root tells nothing; who is given a leaf's salt and proof can check that this receivable is among those counted.
 */
public final class Picture {
    private static final long WHOLE = 100;

    private final List<Receivable> counted = new ArrayList<>();
    private final Map<String, Receivable> byKey = new LinkedHashMap<>();
    private final LocalDate today;
    private int duplicates;

    /**
     * One verified confirmation.
     *
     * @param digest SHA-256 of what was shown, with its issuer
     */
    public record Receivable(
            String issuer, String key, String counterparty, long amount, LocalDate dueOn, String digest) {}

    /** The same confirmation was shown with another content. */
    public static final class ContradictionException extends Exception {
        private static final long serialVersionUID = 1L;

        ContradictionException() {
            super("one confirmation was shown with two contents");
        }
    }

    /** An empty picture, as of a day. */
    public Picture(LocalDate today) {
        this.today = today;
    }

    /** Counts a receivable, if it was not counted before. */
    public void add(Receivable receivable) throws ContradictionException {
        Receivable before = byKey.putIfAbsent(receivable.issuer() + '|' + receivable.key(), receivable);
        if (before == null) {
            counted.add(receivable);
        } else if (before.equals(receivable)) {
            duplicates++;
        } else {
            throw new ContradictionException();
        }
    }

    /** Whether the buyer has confirmed this one: what a company says of itself is not counted. */
    public boolean isConfirmed(String key) {
        return counted.stream().anyMatch(each -> each.key().equals(key));
    }

    /**
     * The figures, the root, and for each input what proves it.
     *
     * @param salts 16 random octets at each call
     */
    public Map<String, Object> toJson(Supplier<byte[]> salts) {
        List<byte[]> salt = new ArrayList<>();
        MerkleTree tree = new MerkleTree();
        for (Receivable receivable : counted) {
            salt.add(salts.get());
            tree.append(entry(salt.getLast(), receivable.digest()));
        }
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("issuer", counted.get(i).issuer());
            input.put("digest", counted.get(i).digest());
            input.put("salt", Base64Url.encode(salt.get(i)));
            input.put("index", (long) i);
            input.put(
                    "proof",
                    tree.inclusionProof(i, counted.size()).stream()
                            .map(MerkleHash::toBase64Url)
                            .toList());
            inputs.add(input);
        }
        Map<String, Object> json = figures();
        json.put("root", (counted.isEmpty() ? MerkleHash.emptyRoot() : tree.root()).toBase64Url());
        json.put("inputs", inputs);
        return json;
    }

    private Map<String, Object> figures() {
        long overdueCount = 0;
        long overdue = 0;
        long total = 0;
        Map<String, Long> byCounterparty = new HashMap<>();
        for (Receivable receivable : counted) {
            total = Math.addExact(total, receivable.amount());
            byCounterparty.merge(receivable.counterparty(), receivable.amount(), Long::sum);
            if (receivable.dueOn().isBefore(today)) {
                overdueCount++;
                overdue += receivable.amount();
            }
        }
        long largest = byCounterparty.values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("as_of", today.toString());
        json.put("count", (long) counted.size());
        json.put("total", total);
        json.put("overdue_count", overdueCount);
        json.put("overdue_total", overdue);
        json.put("outstanding_count", counted.size() - overdueCount);
        json.put("outstanding_total", total - overdue);
        json.put("counterparties", (long) byCounterparty.size());
        json.put("overdue_percent", total == 0 ? 0L : overdue * WHOLE / total);
        json.put("largest_percent", total == 0 ? 0L : largest * WHOLE / total);
        json.put("duplicates", (long) duplicates);
        return json;
    }

    /** The leaf of an input under a salt. */
    public static LogEntry entry(byte[] salt, String digest) {
        return LogEntry.of(salt, java.util.Base64.getUrlDecoder().decode(digest));
    }
}
