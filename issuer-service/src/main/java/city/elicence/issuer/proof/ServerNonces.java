package city.elicence.issuer.proof;

import city.elicence.web.vault.Vault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Nonces that the server need not remember until they are used: time, random bits and a keyed digest over both, the purpose
 * and the tenant. Asking for one costs no database write, so nobody fills the database by asking. New values are
 * unpredictable (OpenID4VCI 1.0 §7.2; RFC 9449 §8).
 */
public final class ServerNonces {
    /** What a nonce is for: one made for another purpose does not pass. */
    public enum Purpose {
        /** {@code c_nonce} of key proofs: used once. */
        KEY_PROOF,
        /** {@code DPoP-Nonce}: used while it is fresh. */
        DPOP,
        /** {@code attestation_challenge}: used while it is fresh, each time in another proof. */
        ATTESTATION
    }

    private static final int RANDOM_BYTES = 12;
    private static final int BODY_BYTES = Long.BYTES + RANDOM_BYTES;
    private static final int TAG_BYTES = 16;
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vault vault;
    private final Duration life;

    public ServerNonces(Vault vault, Duration life) {
        this.vault = vault;
        this.life = life;
    }

    /** How long a nonce is taken. */
    public Duration life() {
        return life;
    }

    public String issue(Purpose purpose, String tenant, Instant now) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .putLong(now.toEpochMilli())
                .put(random)
                .array();
        byte[] nonce = ByteBuffer.allocate(BODY_BYTES + TAG_BYTES)
                .put(body)
                .put(tag(purpose, tenant, body))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Whether this server gave the nonce for that purpose and tenant, not longer ago than its life. */
    public boolean isFresh(Purpose purpose, String tenant, String nonce, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (bytes.length != BODY_BYTES + TAG_BYTES) {
            return false;
        }
        byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
        byte[] tag = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
        if (!MessageDigest.isEqual(tag, tag(purpose, tenant, body))) {
            return false;
        }
        Instant made = Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong());
        return !made.isAfter(now.plus(SKEW)) && now.isBefore(made.plus(life));
    }

    private byte[] tag(Purpose purpose, String tenant, byte[] body) {
        String text = purpose + "\n" + tenant + "\n" + HexFormat.of().formatHex(body);
        return Arrays.copyOf(vault.authenticate(text), TAG_BYTES);
    }
}
