package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/**
 * What ISO/IEC 18013-5 annex B.1.4 demands of a certificate that signs mobile documents, beyond a valid path. The authority that the ledger
 * names for the issuer stands in the place of the IACA.
 */
final class DocumentSigner {
    private static final String PURPOSE = "1.0.18013.5.1.2";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    private DocumentSigner() {}

    /** Table B.3: the key signs, and is certified for signing mobile documents, which no reader may overlook. */
    static void requirePurpose(CertificateChain chain) throws RefusedException {
        boolean[] usage = chain.leaf().getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN]) {
            throw new RefusedException(
                    Refusal.ISSUER_SIGNATURE_INVALID, "expected a certificate with key usage digitalSignature");
        }
        Set<String> critical = chain.leaf().getCriticalExtensionOIDs();
        if (!chain.leafPurposes().contains(PURPOSE) || critical == null || !critical.contains(EXTENDED_KEY_USAGE)) {
            throw new RefusedException(
                    Refusal.ISSUER_SIGNATURE_INVALID, "expected a certificate for signing mobile documents");
        }
    }

    /** Table B.3: directly under the authority, while that was valid, of the same country and, where the authority has one, of the same state or province. */
    static void requireUnder(CertificateChain chain, X509Certificate authority, Instant signed)
            throws RefusedException {
        // A path says nothing of the validity of the anchor itself (RFC 5280 §6.1); the profile does.
        if (signed.isBefore(authority.getNotBefore().toInstant())
                || signed.isAfter(authority.getNotAfter().toInstant())) {
            throw new RefusedException(
                    Refusal.ISSUER_CHAIN_UNTRUSTED, "expected an authority that was valid at " + signed);
        }
        int end = chain.certificates().indexOf(authority);
        int path = end < 0 ? chain.certificates().size() : end;
        if (path != 1) {
            throw new RefusedException(
                    Refusal.ISSUER_CHAIN_UNTRUSTED,
                    "expected a document signer directly under the authority, found " + (path - 1) + " between");
        }
        X500Principal subject = chain.leaf().getSubjectX500Principal();
        X500Principal issuer = authority.getSubjectX500Principal();
        requireSame("countryName", attribute(subject, "C"), attribute(issuer, "C"));
        if (!attribute(issuer, "ST").isEmpty()) {
            requireSame("stateOrProvinceName", attribute(subject, "ST"), attribute(issuer, "ST"));
        }
    }

    private static void requireSame(String name, Set<String> found, Set<String> expected) throws RefusedException {
        if (!found.equals(expected)) {
            throw new RefusedException(
                    Refusal.ISSUER_CHAIN_UNTRUSTED, name + ": expected that of the authority in the document signer");
        }
    }

    /** The values of an attribute of a name, from its form of RFC 2253, in which a separator inside a value is escaped. */
    static Set<String> attribute(X500Principal name, String type) {
        Set<String> values = new TreeSet<>();
        String text = name.getName(X500Principal.RFC2253) + ',';
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',' || c == '+') {
                String part = text.substring(start, i);
                if (part.startsWith(type + '=')) {
                    values.add(part.substring(type.length() + 1));
                }
                start = i + 1;
            }
        }
        return values;
    }
}
