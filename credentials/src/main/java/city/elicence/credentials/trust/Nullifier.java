package city.elicence.credentials.trust;

import city.elicence.credentials.jose.Hex;
import city.elicence.credentials.jose.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name under which a use is registered on the ledger: the first 16 bytes, in hexadecimal, of SHA-256 of a purpose and a secret
 * of at least 128 bits that stands in the credential. Only who was shown the secret can compute it, and it tells nothing.
 */
public record Nullifier(String hex) {
    private static final int BYTES = 16;
    private static final int MIN_SECRET_BYTES = 16;

    public Nullifier {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("expected 16 bytes in lower-case hexadecimal");
        }
    }

    public static Nullifier of(String purpose, byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES || purpose.isEmpty()) {
            throw new IllegalArgumentException("expected a purpose and a secret of at least 16 bytes");
        }
        byte[] label = ("elicence-use-once:" + purpose + ":").getBytes(StandardCharsets.UTF_8);
        byte[] input = Arrays.copyOf(label, label.length + secret.length);
        System.arraycopy(secret, 0, input, label.length, secret.length);
        return new Nullifier(Hex.encode(Arrays.copyOf(Sha256.of(Sha256.of(input)), BYTES)));
    }

    /** The 16 bytes: a DID on the ledger. */
    public byte[] toBytes() {
        return Hex.decode(hex);
    }
}
