package city.elicence.credentials.dcql;

import java.util.Map;
import java.util.Set;

/** What a query is matched against: a credential in a wallet, or what a verifier was shown of one. */
public interface HeldCredential {
    /**
     * An array element that was not disclosed, kept in {@link #claims} so that those after it keep their index. No claims
     * path selects it.
     */
    Object UNDISCLOSED = new Object() {
        @Override
        public String toString() {
            return "undisclosed";
        }
    };

    /** The credential format identifier: {@code dc+sd-jwt} or {@code mso_mdoc}. */
    String format();

    /** The {@code vct} and the types that it extends, or the one doctype. */
    Set<String> types();

    /** The claims as a JSON tree; for an mdoc, data elements by namespace. */
    Map<String, Object> claims();

    /** The key identifiers of the AuthorityKeyIdentifier in the issuer's certificates (RFC 5280 §4.2.1.1), in base64url. */
    Set<String> authorityKeyIds();

    /** Whether it is bound to a key of the holder, or was shown with a proof of that key. */
    boolean isHolderBound();
}
