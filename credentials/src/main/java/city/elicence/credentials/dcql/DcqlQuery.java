package city.elicence.credentials.dcql;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A query in the Digital Credentials Query Language (OpenID4VP 1.0 §6). */
public record DcqlQuery(List<CredentialQuery> credentials, List<CredentialSetQuery> credentialSets) {
    public DcqlQuery {
        credentials = List.copyOf(credentials);
        credentialSets = List.copyOf(credentialSets);
    }

    /** A query for all of these credentials. */
    public static DcqlQuery of(CredentialQuery... credentials) {
        return new DcqlQuery(List.of(credentials), List.of());
    }

    /** Reads a query from its text. */
    public static DcqlQuery parse(String json) throws JsonException {
        return parse(Json.parseObject(json));
    }

    /** Reads a query, holding it to every rule of §6; unknown properties are ignored, as §6 wants. */
    public static DcqlQuery parse(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        List<CredentialQuery> credentials = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> credential : Limits.size("credentials", fields.objects("credentials"))) {
            CredentialQuery query = CredentialQuery.parse(credential);
            credentials.add(query);
            ids.add(query.id());
        }
        Limits.unique("credentials.id", ids);
        List<CredentialSetQuery> sets = new ArrayList<>();
        if (fields.has("credential_sets")) {
            for (Map<String, Object> set : Limits.size("credential_sets", fields.objects("credential_sets"))) {
                sets.add(CredentialSetQuery.parse(set, Set.copyOf(ids)));
            }
        }
        return new DcqlQuery(credentials, sets);
    }

    /** The query as a JSON tree, defaults left out. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credentials", CredentialQuery.each(credentials, CredentialQuery::toJson));
        if (!credentialSets.isEmpty()) {
            json.put("credential_sets", CredentialQuery.each(credentialSets, CredentialSetQuery::toJson));
        }
        return json;
    }

    /** The credential query with an id. */
    public Optional<CredentialQuery> credential(String id) {
        return credentials.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /** For a wallet: which of these credentials answer what (§6.4). */
    public <C extends HeldCredential> DcqlMatch<C> match(List<C> held) {
        Map<String, List<Candidate<C>>> candidates = new LinkedHashMap<>();
        Map<String, Mismatch> misses = new LinkedHashMap<>();
        for (CredentialQuery query : credentials) {
            List<Candidate<C>> fitting = new ArrayList<>();
            Mismatch nearest = Mismatch.ABSENT;
            for (C credential : held) {
                Optional<Mismatch> mismatch = query.mismatch(credential);
                Optional<Set<ClaimPath>> claims = query.selectClaims(credential.claims());
                if (!mismatch.isPresent() && claims.isPresent()) {
                    fitting.add(new Candidate<>(credential, claims.get()));
                }
                Mismatch found = mismatch.orElse(Mismatch.CLAIMS);
                nearest = found.compareTo(nearest) > 0 ? found : nearest;
            }
            candidates.put(query.id(), fitting);
            if (fitting.isEmpty()) {
                misses.put(query.id(), nearest);
            }
        }
        return new DcqlMatch<>(this, candidates, misses);
    }

    /**
     * For a verifier: what the presentations in a VP token fall short of (§8.6), by credential query id; empty when they
     * satisfy the query. Signatures, proofs and trust are not looked at here: give it what has been verified.
     */
    public Map<String, Mismatch> shortfalls(Map<String, ? extends List<? extends HeldCredential>> presented) {
        Map<String, Mismatch> shortfalls = new LinkedHashMap<>();
        Set<String> answered = new LinkedHashSet<>();
        presented.forEach((id, presentations) -> {
            Optional<Mismatch> shortfall = credential(id)
                    .map(query -> shortfall(query, presentations))
                    .orElse(Optional.of(Mismatch.UNKNOWN_ID));
            if (shortfall.isPresent()) {
                shortfalls.put(id, shortfall.get());
            } else {
                answered.add(id);
            }
        });
        for (List<List<String>> options : requiredOptions()) {
            if (options.stream().noneMatch(answered::containsAll)) {
                for (String id : options.get(0)) {
                    if (!answered.contains(id)) {
                        shortfalls.putIfAbsent(
                                id, credentialSets.isEmpty() ? Mismatch.ABSENT : Mismatch.CREDENTIAL_SET);
                    }
                }
            }
        }
        return shortfalls;
    }

    /** Whether the presentations in a VP token satisfy the query: {@link #shortfalls} finds none. */
    public boolean isSatisfiedBy(Map<String, ? extends List<? extends HeldCredential>> presented) {
        return shortfalls(presented).isEmpty();
    }

    private static Optional<Mismatch> shortfall(CredentialQuery query, List<? extends HeldCredential> presentations) {
        if (presentations.isEmpty()) {
            return Optional.of(Mismatch.ABSENT);
        }
        if (presentations.size() > 1 && !query.multiple()) {
            return Optional.of(Mismatch.TOO_MANY);
        }
        for (HeldCredential credential : presentations) {
            Optional<Mismatch> mismatch = query.mismatch(credential);
            if (mismatch.isPresent()) {
                return mismatch;
            }
            if (!query.selectClaims(credential.claims()).isPresent()) {
                return Optional.of(Mismatch.CLAIMS);
            }
        }
        return Optional.empty();
    }

    /** What must be delivered: for each required set its options; without sets, every credential query. */
    List<List<List<String>>> requiredOptions() {
        List<List<List<String>>> required = new ArrayList<>();
        if (credentialSets.isEmpty()) {
            for (CredentialQuery query : credentials) {
                required.add(List.of(List.of(query.id())));
            }
        }
        for (CredentialSetQuery set : credentialSets) {
            if (set.required()) {
                required.add(set.options());
            }
        }
        return required;
    }
}
