package city.elicence.credentials.catalogue;

import java.util.Optional;

/**
 * A form in which a licence is issued, and the suffix of what is named after it: a credential configuration and its scope
 * ({@code driving-licence.mdoc}), a credential identifier, and the type as the ledger accredits issuers and verifiers for it.
 */
public enum Format {
    SD_JWT_VC("dc+sd-jwt", ""),
    MDOC("mso_mdoc", ".mdoc");

    private final String identifier;
    private final String suffix;

    Format(String identifier, String suffix) {
        this.identifier = identifier;
        this.suffix = suffix;
    }

    /** The Credential Format Identifier (OpenID4VCI 1.0 annex A). */
    public String identifier() {
        return identifier;
    }

    /** The name of a thing in this format. */
    public String named(String base) {
        return base + suffix;
    }

    /** The format that a name is for. */
    public static Format of(String name) {
        return name.endsWith(MDOC.suffix) ? MDOC : SD_JWT_VC;
    }

    /** A name without its format. */
    public static String base(String name) {
        return name.substring(0, name.length() - of(name).suffix.length());
    }

    /** The format with that identifier, if it is one of these. */
    public static Optional<Format> identifiedBy(String identifier) {
        for (Format format : values()) {
            if (format.identifier.equals(identifier)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
