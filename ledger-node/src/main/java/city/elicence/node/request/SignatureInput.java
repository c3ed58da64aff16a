package city.elicence.node.request;

import city.elicence.node.keys.Hashes;
import city.elicence.node.txn.MessagePack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The text that an Indy client signs: the request's fields sorted by name, {@code name:value} joined by "|", arrays by ",", nested
 * objects without braces. The signatures themselves stay out, and an attribute's content is replaced by its SHA-256.
 */
public final class SignatureInput {
    private static final Set<String> NOT_SIGNED = Set.of("signature", "signatures", "fees");
    private static final Set<String> ATTRIBUTE_TYPES = Set.of("100", "104");
    private static final Set<String> ATTRIBUTE_CONTENT = Set.of("raw", "hash", "enc");

    private SignatureInput() {}

    public static byte[] of(Map<String, Object> request) {
        return text(request, NOT_SIGNED);
    }

    /** The same with the signatures in it: what tells two differently signed copies of a request apart. */
    public static byte[] withSignatures(Map<String, Object> request) {
        return text(request, Set.of());
    }

    private static byte[] text(Map<String, Object> request, Set<String> leftOut) {
        boolean attribute = request.get("operation") instanceof Map<?, ?> operation
                && operation.get("type") instanceof String type
                && ATTRIBUTE_TYPES.contains(type);
        StringBuilder out = new StringBuilder(512);
        object(out, request, leftOut, attribute);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder out, @Nullable Object value, boolean attribute) {
        switch (value) {
            case null -> {}
            case Boolean truth -> out.append(truth ? "True" : "False");
            case List<?> list -> {
                String separator = "";
                for (Object element : list) {
                    out.append(separator);
                    append(out, element, attribute);
                    separator = ",";
                }
            }
            case Map<?, ?> map -> object(out, map, Set.of(), attribute);
            default -> out.append(value);
        }
    }

    private static void object(StringBuilder out, Map<?, ?> map, Set<String> leftOut, boolean attribute) {
        TreeSet<String> names = new TreeSet<>(MessagePack.BY_CODE_POINTS);
        for (Object name : map.keySet()) {
            names.add((String) name);
        }
        names.removeAll(leftOut);
        String separator = "";
        for (String name : names) {
            out.append(separator).append(name).append(':');
            Object value = map.get(name);
            if (attribute && ATTRIBUTE_CONTENT.contains(name) && value instanceof String content) {
                out.append(Hashes.sha256Hex(content));
            } else {
                append(out, value, attribute);
            }
            separator = "|";
        }
    }
}
