package city.elicence.issuer.evidence;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Evidence;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.CredentialSetQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a type requires of an application with these claims.
 *
 * @param evidence the type's query and the agreements between evidence and licence
 * @param claims what the licence would hold
 */
record Requirement(CredentialType type, Evidence evidence, Map<String, Object> claims) {

    /** The credential queries that must still be answered when these have been. */
    List<String> wanted(Set<String> answered) {
        Set<String> wanted = new LinkedHashSet<>();
        DcqlQuery query = evidence.query();
        if (query.credentialSets().isEmpty()) {
            query.credentials().forEach(credential -> wanted.add(credential.id()));
        }
        for (CredentialSetQuery set : query.credentialSets()) {
            if (set.required() && set.options().stream().noneMatch(answered::containsAll)) {
                wanted.addAll(set.options().getFirst());
            }
        }
        for (Evidence.Agreement agreement : evidence.same()) {
            if (onlyProvenBy(agreement)) {
                wanted.add(agreement.credential());
            }
        }
        wanted.removeAll(answered);
        return List.copyOf(wanted);
    }

    /** A claim that a licence may be without is there: what agrees with it must be shown, though the query calls it optional. */
    private boolean onlyProvenBy(Evidence.Agreement agreement) {
        boolean optional =
                type.claim(agreement.claim()).map(Claim::mandatory).map(m -> !m).orElse(false);
        return optional && !agreement.claim().select(claims).isEmpty();
    }

    /** The types that evidence is of, without repetition. */
    List<String> types() {
        return evidence.query().credentials().stream()
                .flatMap(credential -> credential.types().alternatives().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The query to send for some of the credentials, type ids replaced by addresses; empty when there is no such credential. */
    Optional<DcqlQuery> query(List<String> credentials, UnaryOperator<String> vctOfType) {
        DcqlQuery whole = evidence.query(vctOfType);
        List<CredentialQuery> asked = new ArrayList<>();
        for (CredentialQuery credential : whole.credentials()) {
            if (credentials.contains(credential.id())) {
                asked.add(credential);
            }
        }
        return asked.size() == credentials.size() && !asked.isEmpty()
                ? Optional.of(new DcqlQuery(asked, List.of()))
                : Optional.empty();
    }

    /** Whether what was shown agrees with what is applied for. */
    boolean agrees(Map<String, List<Map<String, Object>>> shown) {
        for (Evidence.Agreement agreement : evidence.same()) {
            List<Map<String, Object>> credentials = shown.getOrDefault(agreement.credential(), List.of());
            for (Map<String, Object> credential : credentials) {
                List<?> there = agreement.evidence().select(credential);
                List<?> ours = agreement.claim().select(claims);
                if (ours.isEmpty() || !there.containsAll(ours)) {
                    return false;
                }
            }
        }
        return true;
    }
}
