package city.elicence.credentials.jose;

import city.elicence.credentials.json.Base64Url;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The X.509 certificates of an {@code x5c} header, leaf first (RFC 7515 §4.1.6). Parsed, not trusted: {@link #anchoredBy} says
 * whether a path leads to an anchor.
 */
public final class CertificateChain {
    public static final int MAX_CERTIFICATES = 5;
    public static final int MAX_CERTIFICATE_BYTES = 8 * 1024;
    private static final int SAN_DNS = 2;
    private static final int SAN_URI = 6;
    private static final int DIGITAL_SIGNATURE = 0;

    private final List<X509Certificate> certificates;
    private final EcPublicKey leafKey;
    private final List<String> x5c;
    private final List<String> leafUris;

    private CertificateChain(List<X509Certificate> certificates, EcPublicKey leafKey) {
        this.certificates = certificates;
        this.leafKey = leafKey;
        List<String> texts = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            texts.add(base64(certificate));
        }
        this.x5c = Collections.unmodifiableList(texts);
        this.leafUris = Collections.unmodifiableList(alternativeNames(certificates.get(0), SAN_URI));
    }

    /** A chain whose leaf is on P-256; see {@link #fromX5c(List, Suites)}. */
    public static CertificateChain fromX5c(List<String> x5c) throws JoseException {
        return fromX5c(x5c, Suites.ES256_ALONE);
    }

    /** A chain whose leaf has a key for one of these suites, which then reads all of it and validates its path. */
    public static CertificateChain fromX5c(List<String> x5c, Suites taken) throws JoseException {
        if (x5c.size() > MAX_CERTIFICATES) {
            throw new JoseException("x5c: expected at most " + MAX_CERTIFICATES + " certificates");
        }
        JoseException last = new JoseException("expected certificates");
        for (Suite suite : taken.all()) {
            try {
                List<X509Certificate> certificates = new ArrayList<>();
                for (String base64 : x5c) {
                    certificates.add(certificate(base64, suite));
                }
                return of(certificates, suite);
            } catch (JoseException e) {
                last = e;
            }
        }
        throw last;
    }

    /** A chain whose leaf is on P-256. */
    public static CertificateChain of(List<X509Certificate> certificates) throws JoseException {
        return of(certificates, Suite.ES256);
    }

    /** A chain whose leaf has a key for this suite. */
    public static CertificateChain of(List<X509Certificate> certificates, Suite suite) throws JoseException {
        if (certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
            throw new JoseException("expected 1 to " + MAX_CERTIFICATES + " certificates");
        }
        EcPublicKey leafKey =
                keyOf(certificates.get(0)) instanceof ECPublicKey key ? EcPublicKey.of(key, Suites.and(suite)) : null;
        if (leafKey == null || !leafKey.suite().equals(suite)) {
            throw new JoseException("expected a leaf certificate with a key on " + suite.curve());
        }
        return new CertificateChain(Collections.unmodifiableList(new ArrayList<>(certificates)), leafKey);
    }

    /** One certificate from its DER in base64 (not base64url), as in {@code x5c}, by the platform's own reader. */
    public static X509Certificate certificate(String base64) throws JoseException {
        return certificate(base64, Suite.ES256);
    }

    /** The same by the reader of a suite, which can read keys and signatures of that suite. */
    public static X509Certificate certificate(String base64, Suite suite) throws JoseException {
        byte[] der = der(base64);
        try {
            X509Certificate certificate =
                    (X509Certificate) suite.certificates().generateCertificate(new ByteArrayInputStream(der));
            if (certificate == null || !Arrays.equals(certificate.getEncoded(), der)) {
                throw new JoseException("expected one DER certificate and nothing after it");
            }
            keyOf(certificate);
            return certificate;
        } catch (CertificateException e) {
            throw new JoseException("expected an X.509 certificate, DER in base64", e);
        }
    }

    /** Bouncy Castle reads a key when it is asked for: null where it knows no such key, whatever it likes where that is off its curve. */
    private static PublicKey keyOf(X509Certificate certificate) throws JoseException {
        @Nullable PublicKey key;
        try {
            key = certificate.getPublicKey();
        } catch (RuntimeException e) {
            throw new JoseException("expected a certificate with a key", e);
        }
        if (key == null) {
            throw new JoseException("expected a certificate with a key");
        }
        return key;
    }

    /** The octets of one certificate, within the limit; whether they are a certificate is not looked at. */
    public static byte[] der(String base64) throws JoseException {
        if (base64.length() > MAX_CERTIFICATE_BYTES * 4 / 3 + 4) {
            throw new JoseException("expected a certificate of at most " + MAX_CERTIFICATE_BYTES + " bytes");
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new JoseException("expected base64", e);
        }
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    public X509Certificate leaf() {
        return certificates.get(0);
    }

    public EcPublicKey leafKey() {
        return leafKey;
    }

    public List<String> toX5c() {
        return x5c;
    }

    public List<String> leafDnsNames() {
        return alternativeNames(leaf(), SAN_DNS);
    }

    /** The leaf's extended key usages, by object identifier; none where it has no such extension. */
    public List<String> leafPurposes() {
        try {
            List<String> purposes = leaf().getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    public List<String> leafUris() {
        return leafUris;
    }

    /** The {@code x509_hash} of OpenID4VP 1.0 §5.9.3: SHA-256 of the leaf's DER, base64url. */
    public String sha256OfLeaf() {
        return Base64Url.encode(Sha256.of(der(leaf())));
    }

    /** The authority key identifiers in the chain, base64url: what DCQL's {@code aki} is matched against (OpenID4VP 1.0 §6.1.1.1). */
    public Set<String> authorityKeyIdentifiers() {
        Set<String> identifiers = new LinkedHashSet<>();
        for (X509Certificate certificate : certificates) {
            KeyIdentifiers.authority(certificate).ifPresent(id -> identifiers.add(Base64Url.encode(id)));
        }
        return identifiers;
    }

    /** A certificate's DER in base64, as in {@code x5c}. */
    public static String base64(X509Certificate certificate) {
        return Base64.getEncoder().encodeToString(der(certificate));
    }

    /** SHA-256 of a certificate's DER, lower-case hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        return Sha256.hex(der(certificate));
    }

    /** The subject key identifier, lower-case hexadecimal. */
    public static Optional<String> subjectKeyIdentifier(X509Certificate certificate) {
        return KeyIdentifiers.subject(certificate).map(Hex::encode);
    }

    /**
     * A valid path to one of the anchors (RFC 5280 §6, without revocation: certificates here are short-lived or their anchor is
     * withdrawn on the ledger), at the given time. The leaf must be an end entity that may sign, and not its own issuer.
     */
    public Optional<AnchoredPath> anchoredBy(Collection<TrustAnchor> anchors, Instant at) {
        if (!leafMaySign()) {
            return Optional.empty();
        }
        for (TrustAnchor anchor : anchors) {
            List<X509Certificate> path = below(anchor.getTrustedCert());
            if (isValid(path, anchor, at)) {
                return Optional.of(AnchoredPath.of(anchor, path));
            }
        }
        return Optional.empty();
    }

    private boolean leafMaySign() {
        X509Certificate leaf = leaf();
        boolean[] usage = leaf.getKeyUsage();
        return leaf.getBasicConstraints() < 0
                && !leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
                && (usage == null || usage[DIGITAL_SIGNATURE]);
    }

    private boolean isValid(List<X509Certificate> path, TrustAnchor anchor, Instant at) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            Suite suite = leafKey.suite();
            suite.paths().validate(suite.certificates().generateCertPath(path), parameters);
            return true;
        } catch (CertPathValidatorException | RuntimeException e) {
            // Bouncy Castle reads names and signatures as late as this, and throws whatever it likes where they are
            // garbage.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform cannot validate certificate paths", e);
        }
    }

    /** A path stops before its anchor: what stands in the chain from the anchor on is left out. */
    private List<X509Certificate> below(@Nullable X509Certificate anchor) {
        int end = anchor == null ? -1 : certificates.indexOf(anchor);
        return end > 0 ? certificates.subList(0, end) : certificates;
    }

    private static List<String> alternativeNames(X509Certificate certificate, int kind) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(kind) && name.get(1) instanceof String text) {
                    names.add(text);
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("a parsed certificate has an encoding", e);
        }
    }
}
