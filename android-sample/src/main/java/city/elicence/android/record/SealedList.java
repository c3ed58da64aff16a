package city.elicence.android.record;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What of a wallet can be kept elsewhere, under a password: which licences there were and who gave them, and the history.
 * The licences themselves are bound to keys that cannot leave the phone, so a copy of them would be of no use to anyone.
 *
 * <p>The file: JSON with {@code v}, {@code salt}, {@code rounds}, {@code iv} and {@code sealed}; the key is
 * PBKDF2-HMAC-SHA256 of the password, the cipher AES-256-GCM.
 */
final class SealedList {
    static final int SHORTEST_PASSWORD = 8;

    private static final int ROUNDS = 600_000;
    private static final int MOST_ROUNDS = 5_000_000;
    private static final int TAG_BITS = 128;

    private SealedList() {}

    static String seal(List<Map<String, Object>> entries, String password) throws GeneralSecurityException {
        byte[] salt = random(16);
        byte[] iv = random(12);
        byte[] plain = Json.write(Map.of("entries", entries)).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("v", 1L);
        file.put("salt", Base64Url.encode(salt));
        file.put("rounds", (long) ROUNDS);
        file.put("iv", Base64Url.encode(iv));
        file.put(
                "sealed",
                Base64Url.encode(
                        cipher(Cipher.ENCRYPT_MODE, password, salt, ROUNDS, iv).doFinal(plain)));
        return Json.write(file);
    }

    /**
     * Opens what was sealed.
     *
     * @throws GeneralSecurityException when the password is another one, or the file was changed
     * @throws JsonException when it is no such file
     */
    static List<Map<String, Object>> open(String file, String password) throws GeneralSecurityException, JsonException {
        Fields fields = Fields.parse(file);
        long rounds = fields.longValue("rounds");
        if (fields.longValue("v") != 1 || rounds < 1 || rounds > MOST_ROUNDS) {
            throw new JsonException("expected version 1 and at most " + MOST_ROUNDS + " rounds");
        }
        byte[] plain = cipher(Cipher.DECRYPT_MODE, password, fields.bytes("salt"), (int) rounds, fields.bytes("iv"))
                .doFinal(fields.bytes("sealed"));
        return Fields.of(Json.parseObject(plain)).objects("entries");
    }

    private static Cipher cipher(int mode, String password, byte[] salt, int rounds, byte[] iv)
            throws GeneralSecurityException {
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, rounds, 256))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SecureRandom().nextBytes(octets);
        return octets;
    }
}
