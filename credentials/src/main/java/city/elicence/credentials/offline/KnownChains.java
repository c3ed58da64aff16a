package city.elicence.credentials.offline;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificate chains that an offline verifier carries, by the id of their leaf. */
@FunctionalInterface
public interface KnownChains {
    /** Octets of a leaf's id: the first of its SHA-256. What it finds is believed for its signature, not for its id. */
    int ID_LENGTH = 16;

    /** The {@code x5c} (standard base64, leaf first) whose leaf has this id. */
    Optional<List<String>> x5cOf(String leafId);

    /** A verifier that knows these chains, each as an {@code x5c}; throws {@link IllegalArgumentException} on bad base64. */
    static KnownChains of(Iterable<List<String>> chains) {
        Map<String, List<String>> byLeaf = new HashMap<>();
        for (List<String> chain : chains) {
            byLeaf.put(leafId(chain), List.copyOf(chain));
        }
        return leafId -> Optional.ofNullable(byLeaf.get(leafId));
    }

    /** The first 16 octets of the SHA-256 of the first certificate of an {@code x5c}, in base64url. */
    static String leafId(List<String> x5c) {
        if (x5c.isEmpty()) {
            throw new IllegalArgumentException("an x5c has at least one certificate");
        }
        byte[] sha256 = Sha256.of(Base64.getDecoder().decode(x5c.get(0)));
        return Base64Url.encode(Arrays.copyOf(sha256, ID_LENGTH));
    }
}
