package city.elicence.credentials.dcql;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One credential that is asked for (OpenID4VP 1.0 §6.1).
 *
 * @param id by which the response and the credential sets call it
 * @param format the credential format identifier
 * @param multiple whether more than one may be returned
 * @param types the types that fit
 * @param trustedAuthorities authorities of which one should fit; any when empty
 * @param requireHolderBinding whether a proof of the holder's key is wanted
 * @param claims the claims that are wanted; none when empty
 * @param claimSets combinations of claims by id, the preferred first; all claims when empty
 */
public record CredentialQuery(
        String id,
        String format,
        boolean multiple,
        TypeRule types,
        List<TrustedAuthorities> trustedAuthorities,
        boolean requireHolderBinding,
        List<ClaimQuery> claims,
        List<List<String>> claimSets) {
    public CredentialQuery {
        trustedAuthorities = List.copyOf(trustedAuthorities);
        claims = List.copyOf(claims);
        List<List<String>> copy = new ArrayList<>();
        for (List<String> claimSet : claimSets) {
            copy.add(List.copyOf(claimSet));
        }
        claimSets = Collections.unmodifiableList(copy);
    }

    /** An SD-JWT VC of one type, bound to its holder, with these claims. */
    public static CredentialQuery sdJwtVc(String id, String vct, List<ClaimPath> paths) {
        List<ClaimQuery> claims = new ArrayList<>();
        for (ClaimPath path : paths) {
            claims.add(ClaimQuery.of(path));
        }
        TypeRule types = TypeRule.anyOf(List.of(vct));
        return new CredentialQuery(id, TypeRule.SD_JWT_VC, false, types, List.of(), true, claims, List.of());
    }

    static CredentialQuery parse(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        String format = fields.string("format");
        List<TrustedAuthorities> authorities = new ArrayList<>();
        for (Map<String, Object> authority : nonEmptyObjects(fields, "trusted_authorities")) {
            authorities.add(TrustedAuthorities.parse(authority));
        }
        List<ClaimQuery> claims = new ArrayList<>();
        List<String> claimIds = new ArrayList<>();
        for (Map<String, Object> claim : nonEmptyObjects(fields, "claims")) {
            ClaimQuery query = ClaimQuery.parse(claim, format);
            claims.add(query);
            if (query.id() != null) {
                claimIds.add(query.id());
            }
        }
        Limits.unique("claims.id", claimIds);
        return new CredentialQuery(
                Limits.identifier("credentials.id", fields.string("id")),
                format,
                fields.flag("multiple"),
                TypeRule.parse(format, fields.object("meta")),
                authorities,
                !fields.has("require_cryptographic_holder_binding")
                        || fields.bool("require_cryptographic_holder_binding"),
                claims,
                claimSets(fields, claims.size(), claimIds));
    }

    private static List<Map<String, Object>> nonEmptyObjects(Fields fields, String name) throws JsonException {
        return fields.has(name) ? Limits.size(name, fields.objects(name)) : List.of();
    }

    /** §6.1: claim_sets needs claims, and (§6.3) an id on each of them. */
    private static List<List<String>> claimSets(Fields fields, int claims, List<String> claimIds) throws JsonException {
        if (!fields.has("claim_sets")) {
            return List.of();
        }
        if (claims == 0 || claimIds.size() < claims) {
            throw new JsonException("claim_sets: expected claims beside it, each with an id");
        }
        return Limits.combinations("claim_sets", fields.list("claim_sets"), Set.copyOf(claimIds));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("format", format);
        if (multiple) {
            json.put("multiple", true);
        }
        json.put("meta", types.toJson(format));
        if (!trustedAuthorities.isEmpty()) {
            json.put("trusted_authorities", each(trustedAuthorities, TrustedAuthorities::toJson));
        }
        if (!requireHolderBinding) {
            json.put("require_cryptographic_holder_binding", false);
        }
        if (!claims.isEmpty()) {
            json.put("claims", each(claims, ClaimQuery::toJson));
        }
        if (!claimSets.isEmpty()) {
            json.put("claim_sets", claimSets);
        }
        return json;
    }

    static <T> List<Object> each(List<T> elements, java.util.function.Function<T, Map<String, Object>> toJson) {
        List<Object> json = new ArrayList<>();
        for (T element : elements) {
            json.add(toJson.apply(element));
        }
        return json;
    }

    /** Why a credential does not fit, or empty when only the claims are left to be looked at. */
    Optional<Mismatch> mismatch(HeldCredential credential) {
        if (!format.equals(credential.format())) {
            return Optional.of(Mismatch.FORMAT);
        }
        if (!types.fits(credential.types())) {
            return Optional.of(Mismatch.TYPE);
        }
        if (!trustedAuthorities.isEmpty() && trustedAuthorities.stream().noneMatch(a -> a.fits(credential))) {
            return Optional.of(Mismatch.AUTHORITY);
        }
        if (requireHolderBinding && !credential.isHolderBound()) {
            return Optional.of(Mismatch.HOLDER_BINDING);
        }
        return Optional.empty();
    }

    /** §6.4.1: the claims of the first combination that the tree can satisfy, as paths without nulls. */
    Optional<Set<ClaimPath>> selectClaims(Map<String, Object> tree) {
        if (claimSets.isEmpty()) {
            return all(claims, tree);
        }
        for (List<String> claimSet : claimSets) {
            List<ClaimQuery> wanted = new ArrayList<>();
            for (String claimId : claimSet) {
                claims.stream().filter(c -> Objects.equals(c.id(), claimId)).forEach(wanted::add);
            }
            Optional<Set<ClaimPath>> selected = all(wanted, tree);
            if (selected.isPresent()) {
                return selected;
            }
        }
        return Optional.empty();
    }

    private static Optional<Set<ClaimPath>> all(List<ClaimQuery> wanted, Map<String, Object> tree) {
        Set<ClaimPath> paths = new LinkedHashSet<>();
        for (ClaimQuery claim : wanted) {
            List<ClaimPath> found = claim.findIn(tree);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            paths.addAll(found);
        }
        return Optional.of(paths);
    }
}
