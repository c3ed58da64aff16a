package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 9901 §7.1, steps 3 to 5, for one SD-JWT. */
final class Disclosing {
    private final Map<String, Disclosure> byDigest = new HashMap<>();
    private final Set<String> encountered = new HashSet<>();
    private final Map<ClaimPath, Disclosure> places = new LinkedHashMap<>();
    private final List<@Nullable Object> path = new ArrayList<>();

    private Disclosing() {}

    static DisclosedClaims process(Map<String, Object> payload, List<Disclosure> disclosures) throws SdJwtException {
        return process(payload, disclosures, Suites.ES256_ALONE);
    }

    static DisclosedClaims process(Map<String, Object> payload, List<Disclosure> disclosures, Suites taken)
            throws SdJwtException {
        HashAlgorithm algorithm = algorithm(payload, taken);
        Disclosing disclosing = new Disclosing();
        for (Disclosure disclosure : disclosures) {
            if (disclosing.byDigest.put(disclosure.digest(algorithm), disclosure) != null) {
                throw new SdJwtException(
                        SdJwtProblem.DISCLOSURE_NOT_REFERENCED, "expected each disclosure once (§4, §7.1 step 5)");
            }
        }
        Map<String, Object> claims = disclosing.object(payload);
        if (disclosing.places.size() != disclosures.size()) {
            throw new SdJwtException(
                    SdJwtProblem.DISCLOSURE_NOT_REFERENCED,
                    "expected every disclosure to be referenced by a digest that the issuer signed (§7.1 step 5)");
        }
        return new DisclosedClaims(claims, disclosing.places);
    }

    static HashAlgorithm algorithm(Map<String, Object> payload, Suites taken) throws SdJwtException {
        if (!payload.containsKey("_sd_alg")) {
            return HashAlgorithm.SHA_256;
        }
        return HashAlgorithm.named(payload.get("_sd_alg") instanceof String name ? name : "", taken);
    }

    private Map<String, Object> object(Map<String, Object> signed) throws SdJwtException {
        Map<String, Object> open = new LinkedHashMap<>();
        for (Map.Entry<String, Object> claim : signed.entrySet()) {
            String name = claim.getKey();
            if ("...".equals(name) || ("_sd_alg".equals(name) && !path.isEmpty())) {
                throw new SdJwtException(
                        SdJwtProblem.RESERVED_NAME_MISUSED, name + ": not allowed as a claim here (§4.1)");
            }
            if (!"_sd".equals(name) && !"_sd_alg".equals(name)) {
                put(open, name, claim.getValue());
            }
        }
        for (String digest : digests(signed)) {
            Disclosure disclosure = encounter(digest);
            if (disclosure != null) {
                reveal(disclosure, open);
            }
        }
        return Collections.unmodifiableMap(open);
    }

    private void reveal(Disclosure disclosure, Map<String, Object> open) throws SdJwtException {
        String name = disclosure.name();
        if (name == null) {
            throw new SdJwtException(
                    SdJwtProblem.DISCLOSURE_MALFORMED, "_sd: expected a disclosure of salt, name, value (§7.1 step 3)");
        }
        if (Disclosure.isReserved(name)) {
            throw new SdJwtException(SdJwtProblem.DISCLOSURE_OF_RESERVED_NAME, "a disclosure cannot be named " + name);
        }
        if (open.containsKey(name)) {
            throw new SdJwtException(
                    SdJwtProblem.CLAIM_EXISTS_ALREADY, "a disclosed claim stands already at its level (§7.1 step 3)");
        }
        path.add(name);
        places.put(new ClaimPath(path), disclosure);
        path.remove(path.size() - 1);
        put(open, name, disclosure.value());
    }

    @SuppressWarnings("NullAway") // JSON null is a value
    private void put(Map<String, Object> open, String name, @Nullable Object value) throws SdJwtException {
        open.put(name, step(name, value));
    }

    private List<@Nullable Object> array(List<?> signed) throws SdJwtException {
        List<@Nullable Object> open = new ArrayList<>();
        for (Object element : signed) {
            String digest = elementDigest(element);
            if (digest == null) {
                open.add(step((long) open.size(), element));
                continue;
            }
            Disclosure disclosure = encounter(digest);
            if (disclosure != null) {
                if (!disclosure.isArrayElement()) {
                    throw new SdJwtException(
                            SdJwtProblem.DISCLOSURE_MALFORMED,
                            "array: expected a disclosure of salt, value (§7.1 step 3)");
                }
                long index = open.size();
                path.add(index);
                places.put(new ClaimPath(path), disclosure);
                path.remove(path.size() - 1);
                open.add(step(index, disclosure.value()));
            }
        }
        return Collections.unmodifiableList(open);
    }

    private @Nullable Object step(Object step, @Nullable Object value) throws SdJwtException {
        if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
            return value;
        }
        if (path.size() + 1 >= Json.MAX_DEPTH) {
            // Disclosures nest in one another, each shallow for itself.
            throw new SdJwtException(
                    SdJwtProblem.MALFORMED, "expected claims nested at most " + Json.MAX_DEPTH + " deep");
        }
        path.add(step);
        @Nullable Object open = value instanceof List<?> list ? array(list) : object(map(value));
        path.remove(path.size() - 1);
        return open;
    }

    private @Nullable Disclosure encounter(String digest) throws SdJwtException {
        if (!encountered.add(digest)) {
            throw new SdJwtException(SdJwtProblem.DIGEST_REPEATED, "expected each digest once (§7.1 step 4)");
        }
        return byDigest.get(digest);
    }

    private static List<String> digests(Map<String, Object> signed) throws SdJwtException {
        if (!signed.containsKey("_sd")) {
            return List.of();
        }
        List<String> digests = new ArrayList<>();
        if (signed.get("_sd") instanceof List<?> list) {
            for (Object digest : list) {
                if (digest instanceof String text) {
                    digests.add(text);
                }
            }
            if (digests.size() == list.size()) {
                return digests;
            }
        }
        throw new SdJwtException(SdJwtProblem.RESERVED_NAME_MISUSED, "_sd: expected an array of strings (§4.2.4.1)");
    }

    /** The digest of {@code {"...": digest}}, or null for an element that stands for itself. */
    private static @Nullable String elementDigest(@Nullable Object element) throws SdJwtException {
        if (!(element instanceof Map<?, ?> map) || !map.containsKey("...")) {
            return null;
        }
        if (map.size() == 1 && map.get("...") instanceof String digest) {
            return digest;
        }
        throw new SdJwtException(
                SdJwtProblem.RESERVED_NAME_MISUSED, "...: expected a digest and no other name beside it (§4.2.4.2)");
    }

    @SuppressWarnings("unchecked") // a tree holds only maps with text for names
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
