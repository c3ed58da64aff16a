package city.elicence.credentials.use;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Nullifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that stands in a licence, and all that it opens: where the lines of its book of uses are on the ledger, and what is
 * written in them. Line 0 is at the licence's {@link Nullifier}; each further one at a nullifier of its own.
 *
 * <p>A line is sealed in 32 bytes, deterministically (a synthetic initialisation vector, as in RFC 5297): 16 bytes of HMAC-SHA-256
 * over the writer and the line, then the line exclusive-or'ed with HMAC-SHA-256 of those. Whoever has not the secret can neither read
 * a line nor write one that is believed, and another party's line is not believed to be its own.
 */
public final class UseSecret {
    private static final int SEAL_BYTES = 16;

    private final String purpose;
    private final byte[] secret;

    /**
     * @param purpose what the use is, as the catalogue names it
     * @param secret at least 16 bytes
     */
    public UseSecret(String purpose, byte[] secret) {
        this.purpose = purpose;
        this.secret = secret.clone();
        Nullifier.of(purpose, secret);
    }

    /** From the text of the claim: base64url of at least 16 bytes. */
    public static UseSecret parse(String purpose, String claim) throws JsonException {
        try {
            return new UseSecret(purpose, Base64Url.decode(claim));
        } catch (IllegalArgumentException e) {
            throw new JsonException("expected base64url of at least 16 bytes", e);
        }
    }

    /** Where line {@code line} of the book is. */
    public Nullifier nullifier(int line) {
        return Nullifier.of(line == 0 ? purpose : purpose + '#' + line, secret);
    }

    /** Seals an entry as line {@code line} by {@code writer}: 32 bytes. */
    public byte[] seal(int line, Did writer, UseEntry entry) {
        byte[] plain = entry.toBytes();
        byte[] key = key(line);
        byte[] tag = tag(key, writer, plain);
        byte[] sealed = Arrays.copyOf(tag, SEAL_BYTES + UseEntry.BYTES);
        System.arraycopy(mask(key, tag, plain), 0, sealed, SEAL_BYTES, UseEntry.BYTES);
        return sealed;
    }

    /** The entry, or nothing when it was not sealed for this line by this writer with this secret. */
    public Optional<UseEntry> open(int line, Did writer, byte[] sealed) {
        if (sealed.length != SEAL_BYTES + UseEntry.BYTES) {
            return Optional.empty();
        }
        byte[] key = key(line);
        byte[] tag = Arrays.copyOf(sealed, SEAL_BYTES);
        byte[] plain = mask(key, tag, Arrays.copyOfRange(sealed, SEAL_BYTES, sealed.length));
        return MessageDigest.isEqual(tag, tag(key, writer, plain)) ? UseEntry.read(plain) : Optional.empty();
    }

    private byte[] key(int line) {
        return hmac(secret, text("elicence-use-line-1|" + purpose + '|' + line));
    }

    private static byte[] tag(byte[] key, Did writer, byte[] plain) {
        return Arrays.copyOf(hmac(key, text("seal|" + writer.value() + '|'), plain), SEAL_BYTES);
    }

    private static byte[] mask(byte[] key, byte[] tag, byte[] text) {
        byte[] stream = hmac(key, text("mask|"), tag);
        byte[] masked = new byte[text.length];
        for (int i = 0; i < text.length; i++) {
            masked[i] = (byte) (text[i] ^ stream[i]);
        }
        return masked;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    /** Names the book without opening it: for logs, and for a database's constraint. */
    public String bookId() {
        return nullifier(0).hex();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UseSecret that
                && purpose.equals(that.purpose)
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Sha256.of(secret));
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "UseSecret[" + bookId() + "]";
    }
}
