package city.elicence.credentials.offline;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificate chains that an offline verifier carries, by the SHA-256 of their leaf. */
@FunctionalInterface
public interface KnownChains {
    /** The {@code x5c} (standard base64, leaf first) whose leaf has this SHA-256, given in base64url. */
    Optional<List<String>> x5cOf(String leafSha256);

    /** A verifier that knows these chains, each as an {@code x5c}; throws {@link IllegalArgumentException} on bad base64. */
    static KnownChains of(Iterable<List<String>> chains) {
        Map<String, List<String>> byLeaf = new HashMap<>();
        for (List<String> chain : chains) {
            byLeaf.put(leafSha256(chain), List.copyOf(chain));
        }
        return leaf -> Optional.ofNullable(byLeaf.get(leaf));
    }

    /** The SHA-256, in base64url, of the first certificate of an {@code x5c}. */
    static String leafSha256(List<String> x5c) {
        if (x5c.isEmpty()) {
            throw new IllegalArgumentException("an x5c has at least one certificate");
        }
        return Base64Url.encode(Sha256.of(Base64.getDecoder().decode(x5c.get(0))));
    }
}
