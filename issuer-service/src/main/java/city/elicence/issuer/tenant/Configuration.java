package city.elicence.issuer.tenant;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;

/** A credential configuration (OpenID4VCI 1.0 §12.2.4): a type in one of its formats. */
public record Configuration(CredentialType type, Format format) {
    /** Its name, which is its scope too. */
    public String id() {
        return format.named(type.id());
    }
}
