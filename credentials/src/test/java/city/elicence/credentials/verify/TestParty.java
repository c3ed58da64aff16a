package city.elicence.credentials.verify;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A party of a test city: its DID, its own certificate authority, its signing key and chain. */
public record TestParty(
        Did did, X509Certificate authority, SoftwareKey authorityKey, SoftwareKey key, CertificateChain chain) {
    public static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant NOT_AFTER = NOT_BEFORE.plus(Duration.ofDays(1000));
    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** A party whose leaf names its DID and leads to its authority. */
    public static TestParty of(String base58) {
        return of(base58, Suite.ES256);
    }

    /** The same with keys of a suite. */
    public static TestParty of(String base58, Suite suite) {
        Did did = Did.of("test", base58);
        SoftwareKey authorityKey = SoftwareKey.generate(suite);
        X509Certificate authority = authority("CN=CA " + base58, authorityKey);
        SoftwareKey key = SoftwareKey.generate(suite);
        return new TestParty(
                did,
                authority,
                authorityKey,
                key,
                chain(suite, leaf("CN=" + base58, key, authority, authorityKey, did.value()), authority));
    }

    /** This party with another leaf: other names in it, or another key. */
    public TestParty withLeaf(SoftwareKey leafKey, String... uris) {
        return new TestParty(
                did,
                authority,
                authorityKey,
                leafKey,
                chain(leaf("CN=leaf", leafKey, authority, authorityKey, uris), authority));
    }

    /** This party with a document signer's certificate (ISO/IEC 18013-5 annex B.1.4). */
    public TestParty asDocumentSigner() {
        X509Certificate leaf = new Making(
                        "CN=document signer",
                        authority.getSubjectX500Principal().getName(),
                        key,
                        authorityKey)
                .uris(did.value())
                .usage(KeyUsage.digitalSignature)
                .purpose("1.0.18013.5.1.2")
                .sign(NOT_BEFORE, NOT_AFTER);
        return withChain(chain(leaf, authority));
    }

    public TestParty withChain(CertificateChain other) {
        return new TestParty(did, authority, authorityKey, key, other);
    }

    public Anchor anchor() {
        try {
            return Anchor.of(authority);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public static CertificateChain chain(X509Certificate... certificates) {
        return chain(Suite.ES256, certificates);
    }

    static CertificateChain chain(Suite suite, X509Certificate... certificates) {
        try {
            return CertificateChain.of(List.of(certificates), suite);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public static X509Certificate authority(String name, SoftwareKey key) {
        return new Making(name, name, key, key).authority(true).sign(NOT_BEFORE, NOT_AFTER);
    }

    public static X509Certificate leaf(
            String name, SoftwareKey key, X509Certificate issuer, SoftwareKey issuerKey, String... uris) {
        return new Making(name, issuer.getSubjectX500Principal().getName(), key, issuerKey)
                .uris(uris)
                .usage(KeyUsage.digitalSignature)
                .sign(NOT_BEFORE, NOT_AFTER);
    }

    /** A certificate in the making. */
    public static final class Making {
        private final String subject;
        private final String issuer;
        private final SoftwareKey key;
        private final SoftwareKey signer;
        private boolean isAuthority;
        private int usage;
        private String[] uris = {};
        private String purpose = "";
        private boolean purposeIsCritical = true;

        public Making(String subject, String issuer, SoftwareKey key, SoftwareKey signer) {
            this.subject = subject;
            this.issuer = issuer;
            this.key = key;
            this.signer = signer;
        }

        public Making authority(boolean yes) {
            isAuthority = yes;
            usage = yes ? KeyUsage.keyCertSign | KeyUsage.cRLSign : usage;
            return this;
        }

        public Making usage(int bits) {
            usage = bits;
            return this;
        }

        public Making uris(String... names) {
            uris = names.clone();
            return this;
        }

        public Making purpose(String oid) {
            purpose = oid;
            return this;
        }

        public Making purposeThatMayBeOverlooked(String oid) {
            purposeIsCritical = false;
            return purpose(oid);
        }

        public X509Certificate sign(Instant from, Instant until) {
            try {
                PublicKey publicKey = key.publicKey().javaKey();
                JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
                JcaX509v3CertificateBuilder made = new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(SERIAL.getAndIncrement()),
                        Date.from(from),
                        Date.from(until),
                        new X500Name(subject),
                        publicKey);
                made.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
                made.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(publicKey));
                made.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        ids.createAuthorityKeyIdentifier(signer.publicKey().javaKey()));
                if (usage != 0) {
                    made.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
                }
                if (!purpose.isEmpty()) {
                    made.addExtension(
                            Extension.extendedKeyUsage,
                            purposeIsCritical,
                            new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
                }
                if (uris.length > 0) {
                    GeneralName[] names = new GeneralName[uris.length];
                    for (int i = 0; i < uris.length; i++) {
                        names[i] = new GeneralName(GeneralName.uniformResourceIdentifier, uris[i]);
                    }
                    made.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
                }
                JcaContentSignerBuilder signing =
                        new JcaContentSignerBuilder(signer.suite().names().signature());
                JcaX509CertificateConverter reading = new JcaX509CertificateConverter();
                signer.suite().provider().ifPresent(provider -> {
                    signing.setProvider(provider);
                    reading.setProvider(provider);
                });
                return reading.getCertificate(made.build(signing.build(signer.javaKey())));
            } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
