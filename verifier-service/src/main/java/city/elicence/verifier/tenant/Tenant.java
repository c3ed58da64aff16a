package city.elicence.verifier.tenant;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.trust.Did;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A relying party: who it is on the ledger, what it is called, and the certificates that its requests carry.
 *
 * @param name its part of every address, such as {@code bank}
 * @param did whom the ledger accredits
 * @param labelZh its name for people, Chinese
 * @param labelEn its name for people, English
 * @param chain leaf first, without the trust anchor (HAIP 1.0 §5)
 */
public record Tenant(String name, Did did, String labelZh, String labelEn, CertificateChain chain) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,40}");

    public Tenant {
        if (!isName(name)) {
            throw new IllegalArgumentException("a tenant's name is lower-case letters, digits and hyphens");
        }
        Objects.requireNonNull(did);
        Objects.requireNonNull(chain);
        requireLabel(labelZh);
        requireLabel(labelEn);
    }

    /** Whether a text could be a tenant's name at all. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static void requireLabel(String label) {
        if (label.isBlank() || label.length() > 100) {
            throw new IllegalArgumentException("a tenant's label has 1 to 100 characters");
        }
    }
}
