package city.elicence.credentials.metadata;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.metadata.TypeMetadataException.Reason;
import city.elicence.credentials.sdjwt.DisclosedClaims;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Type metadata as a holder or verifier uses them: with every type that the type extends, each of them the document that was
 * meant. Only {@link #retrieve} makes one.
 */
public final class TypeDocument {
    private static final int MOST_TYPES = 8;
    private static final int MOST_CLAIMS = 1_000;
    private static final List<Map<String, Object>> NONE = List.of();

    private final List<Map<String, Object>> display;
    private final Map<ClaimPath, ClaimRule> claims;

    private TypeDocument(List<Map<String, Object>> display, Map<ClaimPath, ClaimRule> claims) {
        this.display = List.copyOf(display);
        this.claims = new LinkedHashMap<>(claims);
    }

    /** Where documents come from: a network, a cache, a registry. */
    public interface Source {
        /** What is at an address, or null where nothing is; {@code integrity} tells which of several would be meant. */
        byte @Nullable [] at(String address, @Nullable String integrity);
    }

    /**
     * The document at a type's {@code vct}, and those of the types it extends.
     *
     * @param integrity {@code vct#integrity} of the credential, or null where it has none
     */
    public static TypeDocument retrieve(String vct, @Nullable String integrity, Source source)
            throws TypeMetadataException {
        List<Fields> chain = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String next = vct;
        String expected = integrity;
        try {
            while (next != null) {
                if (!seen.add(next)) {
                    throw new TypeMetadataException(Reason.CIRCULAR, "a type extends itself");
                }
                if (chain.size() == MOST_TYPES) {
                    throw new TypeMetadataException(Reason.TOO_DEEP, "more than " + MOST_TYPES + " types");
                }
                Fields document = document(next, expected, source);
                chain.add(document);
                next = document.optString("extends").orElse(null);
                expected = document.optString("extends#integrity").orElse(null);
            }
            return combined(chain);
        } catch (JsonException malformed) {
            throw new TypeMetadataException(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    /** In the order and form of the draft's {@code display}: the type's own, or else that of the type it extends. */
    public List<Map<String, Object>> display() {
        return display;
    }

    public List<ClaimRule> claims() {
        return List.copyOf(claims.values());
    }

    /** "Claim Metadata", for a holder who has the whole credential: a credential that breaks a rule of its type is rejected. */
    public void check(DisclosedClaims whole) throws TypeMetadataException {
        for (ClaimRule rule : claims.values()) {
            rule.check(whole);
        }
    }

    private static Fields document(String vct, @Nullable String integrity, Source source)
            throws TypeMetadataException, JsonException {
        byte[] octets = source.at(vct, integrity);
        if (octets == null) {
            throw new TypeMetadataException(Reason.NOT_FOUND, "no document");
        }
        if (integrity != null && !Integrity.holds(integrity, octets)) {
            throw new TypeMetadataException(Reason.INTEGRITY_MISMATCH, "another document than the one meant");
        }
        Fields document = Fields.of(Json.parseObject(new String(octets, StandardCharsets.UTF_8)));
        if (!document.string("vct").equals(vct)) {
            throw new TypeMetadataException(Reason.OTHER_TYPE, "vct: expected the reference to the document");
        }
        return document;
    }

    /** From the root of the chain down, so that each type speaks over what it extends. */
    private static TypeDocument combined(List<Fields> chain) throws TypeMetadataException, JsonException {
        List<Map<String, Object>> display = List.of();
        Map<ClaimPath, ClaimRule> claims = new LinkedHashMap<>();
        for (int i = chain.size() - 1; i >= 0; i--) {
            Fields document = chain.get(i);
            if (document.has("display")) {
                display = document.objects("display");
            }
            for (Map<String, Object> said : document.has("claims") ? document.objects("claims") : NONE) {
                ClaimRule rule = ClaimRule.read(said);
                ClaimRule inherited = claims.get(rule.path());
                claims.put(rule.path(), inherited == null ? rule : inherited.overriddenBy(rule, said));
            }
            if (claims.size() > MOST_CLAIMS) {
                throw new TypeMetadataException(Reason.MALFORMED, "more than " + MOST_CLAIMS + " claims");
            }
        }
        return new TypeDocument(display, claims);
    }
}
