package city.elicence.credentials.verify;

import city.elicence.credentials.json.ClaimPath;

/** A use that may happen once: what for, and which disclosed claim holds the secret, base64url of at least 16 bytes. */
public record UseOnce(String purpose, ClaimPath secret) {
    public UseOnce {
        if (purpose.isEmpty()) {
            throw new IllegalArgumentException("expected a purpose");
        }
    }
}
