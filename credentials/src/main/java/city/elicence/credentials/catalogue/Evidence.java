package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.dcql.ClaimQuery;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.dcql.TypeRule;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What an applicant must show to be issued the licence.
 *
 * @param query a DCQL query (OpenID4VP 1.0 §6) in which {@code vct_values} are type ids
 * @param same what the evidence must agree on with the claims of the licence
 */
public record Evidence(DcqlQuery query, List<Agreement> same) {
    /** The claim of the new licence equals a claim of the evidence shown for the query's credential. */
    public record Agreement(ClaimPath claim, String credential, ClaimPath evidence) {}

    public Evidence {
        same = List.copyOf(same);
    }

    static Evidence read(Entry entry, Claims claims) throws CatalogueException {
        entry.only("query", "same");
        DcqlQuery query = readQuery(entry.get("query"));
        List<Agreement> same = new ArrayList<>();
        for (Entry agreement : entry.elements("same")) {
            agreement.only("claim", "credential", "evidence");
            Agreement read = new Agreement(
                    claims.path(agreement.get("claim")),
                    agreement.get("credential").text(),
                    agreement.get("evidence").claimPath());
            Optional<CredentialQuery> credential = query.credential(read.credential());
            if (!credential.isPresent() || !pathsOf(credential.get()).contains(read.evidence())) {
                throw agreement.expected("a credential and a claim that the query asks for");
            }
            same.add(read);
        }
        return new Evidence(query, same);
    }

    /** The query to send: type ids replaced by the {@code vct} values of this deployment. */
    public DcqlQuery query(UnaryOperator<String> vctOfType) {
        List<CredentialQuery> credentials = new ArrayList<>();
        for (CredentialQuery asked : query.credentials()) {
            List<String> types = new ArrayList<>();
            typesOf(asked).forEach(type -> types.add(vctOfType.apply(type)));
            credentials.add(new CredentialQuery(
                    asked.id(),
                    asked.format(),
                    asked.multiple(),
                    TypeRule.anyOf(types),
                    asked.trustedAuthorities(),
                    asked.requireHolderBinding(),
                    asked.claims(),
                    asked.claimSets()));
        }
        return new DcqlQuery(credentials, query.credentialSets());
    }

    /** Which claims of which types the query asks for. */
    public Map<String, List<ClaimPath>> claimsByType() {
        Map<String, List<ClaimPath>> claims = new TreeMap<>();
        for (CredentialQuery asked : query.credentials()) {
            for (String type : typesOf(asked)) {
                List<ClaimPath> paths = claims.computeIfAbsent(type, any -> new ArrayList<>());
                pathsOf(asked).stream().filter(path -> !paths.contains(path)).forEach(paths::add);
            }
        }
        return claims;
    }

    /** The ids of the types that a credential of the query may be of. */
    static List<String> typesOf(CredentialQuery asked) {
        List<String> types = new ArrayList<>();
        asked.types().alternatives().forEach(types::addAll);
        return types;
    }

    static List<ClaimPath> pathsOf(CredentialQuery asked) {
        List<ClaimPath> paths = new ArrayList<>();
        for (ClaimQuery claim : asked.claims()) {
            paths.add(claim.path());
        }
        return paths;
    }

    private static DcqlQuery readQuery(Entry entry) throws CatalogueException {
        try {
            return DcqlQuery.parse(entry.object());
        } catch (JsonException e) {
            throw entry.expected("a DCQL query; in it, " + e.getMessage());
        }
    }
}
