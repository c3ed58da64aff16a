package city.elicence.web.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is personal before it reaches the database (AES-256-GCM, a fresh nonce each time), and makes the blind index
 * by which a clerk still finds it. A sealed value opens only in the place it was sealed for: tenant and row are
 * authenticated with it, so that rows cannot be swapped by someone who can write to the database.
 */
public final class Vault {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec sealingKey;
    private final SecretKeySpec indexKey;
    private final SecretKeySpec nonceKey;

    /** A vault under the service's data key, 32 random bytes that never reach the database. */
    public Vault(byte[] dataKey) {
        if (dataKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("a data key has " + KEY_BYTES + " bytes, not " + dataKey.length);
        }
        SecretKeySpec root = new SecretKeySpec(dataKey, "HmacSHA256");
        this.sealingKey = new SecretKeySpec(mac(root, "seal"), "AES");
        this.indexKey = new SecretKeySpec(mac(root, "index"), "HmacSHA256");
        this.nonceKey = new SecretKeySpec(mac(root, "nonce"), "HmacSHA256");
    }

    /** A data key for a new installation. */
    public static byte[] newDataKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** Seals a text for its place: the tenant and row it belongs to. */
    public byte[] seal(String place, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, nonce, place, text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** The text sealed for that place; anything else in the database is a fault, not an answer. */
    public String open(String place, byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return new String(gcm(Cipher.DECRYPT_MODE, nonce, place, body), StandardCharsets.UTF_8);
    }

    /** The blind index of a word: equal words of one tenant have equal indices, and without the key nothing else shows. */
    public byte[] blind(String tenant, String word) {
        String normal = word.strip().toUpperCase(Locale.ROOT);
        return mac(indexKey, tenant + '\n' + normal);
    }

    /** The keyed digest from which server nonces are made. */
    public byte[] authenticate(String text) {
        return mac(nonceKey, text);
    }

    private byte[] gcm(int mode, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealingKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed value does not belong where it was found", e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have HmacSHA256", e);
        }
    }
}
