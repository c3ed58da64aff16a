package city.elicence.verifier;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Did;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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

/** A party of a made-up city: its DID, its own certificate authority, and a signing key certified by it. */
record TestParty(
        String name,
        Did did,
        X509Certificate authority,
        SoftwareKey key,
        CertificateChain chain,
        SoftwareKey documentKey,
        CertificateChain documentChain) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static TestParty of(String name, Did did) {
        try {
            KeyPair authorityKey = keyPair();
            X509Certificate authority = certificate(
                    "CN=" + name + " authority",
                    "CN=" + name + " authority",
                    authorityKey.getPublic(),
                    authorityKey,
                    null,
                    "");
            SoftwareKey key = SoftwareKey.generate();
            X509Certificate leaf = certificate(
                    "CN=" + name + " authority",
                    "CN=" + name,
                    key.publicKey().javaKey(),
                    authorityKey,
                    new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.uniformResourceIdentifier, did.toString()),
                        new GeneralName(GeneralName.dNSName, "127.0.0.1")
                    }),
                    "");
            SoftwareKey documentKey = SoftwareKey.generate();
            X509Certificate documentSigner = certificate(
                    "CN=" + name + " authority",
                    "CN=" + name + " documents",
                    documentKey.publicKey().javaKey(),
                    authorityKey,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, did.toString())),
                    "1.0.18013.5.1.2");
            return new TestParty(
                    name,
                    did,
                    authority,
                    key,
                    CertificateChain.of(List.of(leaf, authority)),
                    documentKey,
                    CertificateChain.of(List.of(documentSigner, authority)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String issuer,
            String subject,
            PublicKey key,
            KeyPair signer,
            @org.jspecify.annotations.Nullable GeneralNames names,
            String purpose)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        boolean leaf = names != null;
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                new BigInteger(120, RANDOM),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                new X500Name(subject),
                key);
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
        builder.addExtension(
                Extension.basicConstraints, true, leaf ? new BasicConstraints(false) : new BasicConstraints(0));
        builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(leaf ? KeyUsage.digitalSignature : KeyUsage.keyCertSign));
        if (!purpose.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose))));
        }
        if (names != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }
}
