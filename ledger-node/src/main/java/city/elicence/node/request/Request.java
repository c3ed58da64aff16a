package city.elicence.node.request;

import city.elicence.node.keys.Hashes;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's request whose form has been checked, not yet who signed it.
 *
 * @param identifier the DID of its author
 * @param reqId an unsigned number of up to 64 bits, given back as it came
 * @param signatures the signatures in base58 by the DIDs that made them; empty for an unsigned read
 */
public record Request(
        String identifier,
        Number reqId,
        String type,
        Map<String, Object> operation,
        Map<String, String> signatures,
        Optional<String> endorser,
        boolean multiSigned,
        Map<String, Object> tree) {

    public Request {
        signatures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
    }

    public byte[] signedText() {
        return SignatureInput.of(tree);
    }

    /** What makes a repeated request the same request: the digest of all that is signed. */
    public String payloadDigest() {
        return HexFormat.of().formatHex(Hashes.sha256(signedText()));
    }

    /** The digest of the request with its signatures. */
    public String digest() {
        return HexFormat.of().formatHex(Hashes.sha256(SignatureInput.withSignatures(tree)));
    }

    public @Nullable Object field(String name) {
        return operation.get(name);
    }

    public Optional<String> text(String name) {
        return operation.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A field that must be a text, and not an endless one. */
    public String requiredText(String name) throws Refusal {
        String text = text(name).orElseThrow(() -> Refusal.invalid(name + ": expected a text"));
        if (text.isEmpty() || text.length() > RequestDecoder.MAX_NAME) {
            throw Refusal.invalid(name + ": expected 1 to " + RequestDecoder.MAX_NAME + " characters");
        }
        return text;
    }

    @SuppressWarnings("unchecked") // a JSON tree holds only maps with text for names
    public Map<String, Object> requiredObject(String name) throws Refusal {
        if (operation.get(name) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw Refusal.invalid(name + ": expected an object");
    }

    public long requiredNumber(String name) throws Refusal {
        if (operation.get(name) instanceof Long number && number >= 0) {
            return number;
        }
        throw Refusal.invalid(name + ": expected a whole number");
    }

    public Optional<Long> number(String name) throws Refusal {
        return operation.get(name) == null ? Optional.empty() : Optional.of(requiredNumber(name));
    }
}
