package city.elicence.credentials.sdjwt;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disclosure (RFC 9901 §4.2): salt, name and value of an object property, or salt and value of an array element, whose name is
 * null. {@code encoded} is the text on the wire, which alone counts for the digest.
 */
public record Disclosure(
        String encoded,
        String salt,
        @Nullable String name,
        @Nullable Object value) {

    /** A property of an object (§4.2.1). */
    public static Disclosure ofProperty(String salt, String name, @Nullable Object value) {
        if (isReserved(name)) {
            throw new IllegalArgumentException("a claim cannot be named " + name);
        }
        return new Disclosure(encode(salt, name, value), salt, name, value);
    }

    /** An element of an array (§4.2.2). */
    public static Disclosure ofElement(String salt, @Nullable Object value) {
        return new Disclosure(encode(salt, null, value), salt, null, value);
    }

    public static Disclosure parse(String encoded) throws SdJwtException {
        try {
            if (!(Json.parse(Base64Url.decode(encoded)) instanceof List<?> parts)) {
                throw malformed(null);
            }
            boolean property = parts.size() == 3 && parts.get(1) instanceof String;
            if (!(parts.size() == 2 || property) || !(parts.get(0) instanceof String salt)) {
                throw malformed(null);
            }
            return property
                    ? new Disclosure(encoded, salt, (String) parts.get(1), parts.get(2))
                    : new Disclosure(encoded, salt, null, parts.get(1));
        } catch (JsonException e) {
            throw malformed(e);
        }
    }

    public boolean isArrayElement() {
        return name == null;
    }

    public String digest(HashAlgorithm algorithm) {
        return algorithm.digest(encoded);
    }

    /** Never the value or the salt. */
    @Override
    public String toString() {
        return "Disclosure[" + (name == null ? "array element" : name) + "]";
    }

    static boolean isReserved(String name) {
        return "_sd".equals(name) || "...".equals(name);
    }

    private static String encode(String salt, @Nullable String name, @Nullable Object value) {
        List<@Nullable Object> parts = new ArrayList<>(3);
        parts.add(salt);
        if (name != null) {
            parts.add(name);
        }
        parts.add(value);
        return Base64Url.encodeText(Json.write(parts));
    }

    private static SdJwtException malformed(@Nullable JsonException cause) {
        String expected = "disclosure: expected base64url of a JSON array of salt, name, value or of salt, value";
        return cause == null
                ? new SdJwtException(SdJwtProblem.DISCLOSURE_MALFORMED, expected)
                : new SdJwtException(SdJwtProblem.DISCLOSURE_MALFORMED, expected, cause);
    }
}
