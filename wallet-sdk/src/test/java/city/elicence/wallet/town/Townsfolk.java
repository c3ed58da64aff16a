package city.elicence.wallet.town;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
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

/**
 * A party with a signing key, a certificate for it, and an authority of its own above that.
 *
 * @param documentChain for mobile documents, of the same key
 * @param authority whose anchor the ledger names, when it does
 */
public record Townsfolk(
        String name,
        Did did,
        SoftwareKey key,
        CertificateChain chain,
        CertificateChain documentChain,
        X509Certificate authority) {
    private static final AtomicLong SERIALS = new AtomicLong(1);
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static Townsfolk named(String name, Instant now) {
        try {
            long number = SERIALS.getAndIncrement();
            Did did = Did.of(
                    "test",
                    "Town111111111111111"
                            + BASE58.charAt((int) (number / (58 * 58)))
                            + BASE58.charAt((int) (number / 58 % 58))
                            + BASE58.charAt((int) (number % 58)));
            SoftwareKey caKey = SoftwareKey.generate();
            X500Name caName = new X500Name("CN=" + name + " CA");
            X509Certificate ca = sign(caName, caName, caKey, caKey, now, true, did, "");
            SoftwareKey key = SoftwareKey.generate();
            X509Certificate leaf = sign(caName, new X500Name("CN=" + name), key, caKey, now, false, did, "");
            X509Certificate documents = sign(
                    caName, new X500Name("CN=" + name + " documents"), key, caKey, now, false, did, "1.0.18013.5.1.2");
            return new Townsfolk(
                    name, did, key, CertificateChain.of(List.of(leaf)), CertificateChain.of(List.of(documents)), ca);
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public Anchor anchor() {
        try {
            return Anchor.of(authority);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A chain for this key whose leaf signed itself. */
    public CertificateChain selfSigned(Instant now) {
        try {
            X500Name own = new X500Name("CN=" + name);
            return CertificateChain.of(List.of(sign(own, own, key, key, now, false, did, "")));
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            X500Name issuer,
            X500Name subject,
            SoftwareKey key,
            SoftwareKey by,
            Instant now,
            boolean authority,
            Did did,
            String purpose)
            throws GeneralSecurityException {
        PublicKey open = key.publicKey().javaKey();
        PrivateKey secret = by.javaKey();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(3650))),
                    subject,
                    open);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(open));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(by.publicKey().javaKey()));
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(0) : new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (!purpose.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        true,
                        new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
            }
            if (!authority) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.uniformResourceIdentifier, did.value()),
                    new GeneralName(GeneralName.dNSName, "127.0.0.1.example"),
                    new GeneralName(GeneralName.dNSName, "localhost")
                }));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(secret)));
        } catch (java.io.IOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
