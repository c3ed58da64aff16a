package city.elicence.credentials.dcql;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a wallet's credentials answer which part of a query (OpenID4VP 1.0 §6.4.2). */
public final class DcqlMatch<C extends HeldCredential> {
    private final DcqlQuery query;
    private final Map<String, List<Candidate<C>>> candidates;
    private final Map<String, Mismatch> misses;

    DcqlMatch(DcqlQuery query, Map<String, List<Candidate<C>>> candidates, Map<String, Mismatch> misses) {
        this.query = query;
        this.candidates = candidates;
        this.misses = misses;
    }

    /** Those that answer a credential query, in the wallet's order; empty when none does. */
    public List<Candidate<C>> candidates(String credentialQueryId) {
        return candidates.getOrDefault(credentialQueryId, List.of());
    }

    /** For each credential query without a candidate, how near the best credential came: what to tell the holder. */
    public Map<String, Mismatch> misses() {
        return misses;
    }

    /** Whether all that is required can be delivered; if not, the wallet must return nothing. */
    public boolean isSatisfiable() {
        return query.requiredOptions().stream().allMatch(set -> set.stream().anyMatch(this::isComplete));
    }

    /** The options of a credential set that can be delivered: what a holder may choose from. */
    public List<List<String>> deliverable(CredentialSetQuery set) {
        return set.options().stream().filter(this::isComplete).collect(java.util.stream.Collectors.toList());
    }

    /**
     * The ids to answer when the holder chooses nothing else: of each required set the first option that can be delivered,
     * and of optional sets none. Empty when the query is not satisfiable.
     */
    public Set<String> requiredIds() {
        Set<String> ids = new LinkedHashSet<>();
        if (isSatisfiable()) {
            for (List<List<String>> options : query.requiredOptions()) {
                options.stream().filter(this::isComplete).findFirst().ifPresent(ids::addAll);
            }
        }
        return ids;
    }

    /** The first candidate for each of {@link #requiredIds}. */
    public Map<String, Candidate<C>> preferred() {
        Map<String, Candidate<C>> chosen = new LinkedHashMap<>();
        for (String id : requiredIds()) {
            chosen.put(id, candidates(id).get(0));
        }
        return chosen;
    }

    private boolean isComplete(List<String> option) {
        return option.stream().noneMatch(id -> candidates(id).isEmpty());
    }
}
