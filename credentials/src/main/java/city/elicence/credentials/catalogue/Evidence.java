package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What an applicant must show to be issued the licence.
 *
 * @param query a DCQL query (OpenID4VP 1.0 §6) in which {@code vct_values} are type ids
 * @param same what the evidence must agree on with the claims of the licence
 */
public record Evidence(Map<String, Object> query, List<Agreement> same) {
    /** The claim of the new licence equals a claim of the evidence shown for the query's credential. */
    public record Agreement(ClaimPath claim, String credential, ClaimPath evidence) {}

    public Evidence {
        same = List.copyOf(same);
    }

    /** What the query asks of one credential. */
    record Asked(String id, List<String> types, List<ClaimPath> claims) {}

    static Evidence read(Entry entry, Claims claims) throws CatalogueException {
        entry.only("query", "same");
        Map<String, Asked> asked = new HashMap<>();
        for (Asked credential : readAsked(entry.get("query"))) {
            asked.put(credential.id(), credential);
        }
        List<Agreement> same = new ArrayList<>();
        for (Entry agreement : entry.elements("same")) {
            agreement.only("claim", "credential", "evidence");
            Agreement read = new Agreement(
                    claims.path(agreement.get("claim")),
                    agreement.get("credential").text(),
                    agreement.get("evidence").claimPath());
            Asked credential = asked.get(read.credential());
            if (credential == null || !credential.claims().contains(read.evidence())) {
                throw agreement.expected("a credential and a claim that the query asks for");
            }
            same.add(read);
        }
        return new Evidence(entry.get("query").object(), same);
    }

    /** What the query asks for, by credential. */
    List<Asked> asked() {
        try {
            return readAsked(Entry.of("requires", query));
        } catch (CatalogueException e) {
            throw new IllegalStateException("the query was read before", e);
        }
    }

    private static List<Asked> readAsked(Entry dcql) throws CatalogueException {
        List<Asked> asked = new ArrayList<>();
        for (Entry credential : dcql.get("credentials").elements()) {
            credential.get("format").text();
            List<String> types = new ArrayList<>();
            for (Entry type : credential.get("meta").get("vct_values").elements()) {
                types.add(type.text());
            }
            List<ClaimPath> paths = new ArrayList<>();
            for (Entry claim : credential.elements("claims")) {
                paths.add(claim.get("path").claimPathPointer());
            }
            asked.add(new Asked(credential.get("id").text(), types, paths));
        }
        return asked;
    }

    /** The DCQL query to send: type ids replaced by the {@code vct} values of this deployment. */
    public Map<String, Object> query(UnaryOperator<String> vctOfType) {
        return replaceTypes(query, vctOfType);
    }

    private static Map<String, Object> replaceTypes(Map<?, ?> object, UnaryOperator<String> vctOfType) {
        Map<String, Object> replaced = new LinkedHashMap<>();
        object.forEach((key, value) -> replaced.put((String) key, switchTypes((String) key, value, vctOfType)));
        return replaced;
    }

    private static Object switchTypes(String key, Object value, UnaryOperator<String> vctOfType) {
        if (value instanceof Map<?, ?> object) {
            return replaceTypes(object, vctOfType);
        }
        if (value instanceof List<?> list) {
            List<Object> replaced = new ArrayList<>();
            list.forEach(element -> replaced.add(
                    key.equals("vct_values") && element instanceof String type
                            ? vctOfType.apply(type)
                            : switchTypes("", element, vctOfType)));
            return replaced;
        }
        return value;
    }
}
