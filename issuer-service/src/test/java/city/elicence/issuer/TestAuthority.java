package city.elicence.issuer;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.issuer.tenant.DocumentSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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

/** A certificate authority of one level, for tests: its certificate is the anchor, its chains have one leaf. */
final class TestAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SoftwareKey key = SoftwareKey.generate();
    private final X500Name name;
    private final X509Certificate certificate;

    TestAuthority(String name) {
        this.name = new X500Name("CN=" + name + ",C=CN");
        this.certificate = certify(this.name, key.publicKey().javaKey(), true, "", "", Suite.ES256);
    }

    TrustAnchor anchor() {
        return new TrustAnchor(certificate, null);
    }

    /** A chain for a party's key: the leaf alone, since the anchor never travels. */
    CertificateChain chainFor(SoftwareKey leaf, String subject, String uri) {
        try {
            Suite suite = leaf.suite();
            X500Name name = new X500Name("CN=" + subject + ",C=CN");
            return CertificateChain.of(
                    List.of(certify(name, leaf.publicKey().javaKey(), false, uri, "", suite)), suite);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** A chain for a document signer's key (ISO/IEC 18013-5 annex B.1.4). */
    DocumentSigner documentSigner(String subject, String uri) {
        SoftwareKey signing = SoftwareKey.generate();
        try {
            return new DocumentSigner(
                    signing,
                    CertificateChain.of(List.of(certify(
                            new X500Name("CN=" + subject + ",C=CN"),
                            signing.publicKey().javaKey(),
                            false,
                            uri,
                            "1.0.18013.5.1.2",
                            Suite.ES256))));
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certify(
            X500Name subject, PublicKey subjectKey, boolean authority, String uri, String purpose, Suite suite) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, RANDOM).setBit(119),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(3650))),
                subject,
                subjectKey);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(key.publicKey().javaKey()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            if (!purpose.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        true,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
            }
            if (!uri.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            }
            JcaX509CertificateConverter reader = new JcaX509CertificateConverter();
            suite.provider().ifPresent(reader::setProvider);
            return reader.getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.javaKey())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
