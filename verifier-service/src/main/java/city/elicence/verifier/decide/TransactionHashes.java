package city.elicence.verifier.decide;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/**
 * Whether the holder signed the transactions (OpenID4VP 1.0 §8.4, Annex B.3.3): each one's SHA-256, over the very string
 * that was sent, stands in the key-binding JWT of a credential that may authorise it.
 */
final class TransactionHashes {
    private TransactionHashes() {}

    /** Whether every transaction was authorised by one of its credentials. */
    static boolean authorised(List<String> transactions, Map<String, List<String>> presented) {
        for (String transaction : transactions) {
            String hash = sha256(transaction);
            boolean signed = false;
            for (String id : credentialIds(transaction)) {
                for (String presentation : presented.getOrDefault(id, List.of())) {
                    signed |= signedHashes(presentation).contains(hash);
                }
            }
            if (!signed) {
                return false;
            }
        }
        return true;
    }

    static List<String> credentialIds(String transaction) {
        try {
            return Fields.of(Json.parseObject(Base64Url.decode(transaction))).strings("credential_ids");
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a stored transaction can be read", unreadable);
        }
    }

    static List<String> signedHashes(String presentation) {
        try {
            Fields claims = Fields.of(KeyBinding.of(SdJwt.parse(presentation)).claims());
            // B.3.3.1: sha-256 is the default, and the only one that our requests allow.
            if (!claims.optString("transaction_data_hashes_alg")
                    .orElse("sha-256")
                    .equals("sha-256")) {
                return List.of();
            }
            return claims.optStrings("transaction_data_hashes").orElse(List.of());
        } catch (SdJwtException | JsonException unreadable) {
            return List.of();
        }
    }

    static String sha256(String text) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
