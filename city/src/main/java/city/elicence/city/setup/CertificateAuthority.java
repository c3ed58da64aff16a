package city.elicence.city.setup;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
 * A certificate authority with its key, of one suite throughout (RFC 5280 profile as HAIP 1.0 wants it: the leaf is
 * never self-signed, and the root never travels in {@code x5c}).
 *
 * @param certificate its own certificate
 * @param key its private key
 * @param suite by which it signs
 */
record CertificateAuthority(X509Certificate certificate, PrivateKey key, Suite suite) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ASN1ObjectIdentifier DOCUMENT_SIGNING = new ASN1ObjectIdentifier("1.0.18013.5.1.2");

    /** As grants do: issuers blur times of issue backwards, and a signature counts when its certificate was valid then. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** A new key of a suite. */
    static KeyPair newKeyPair(Suite suite) {
        SoftwareKey key = SoftwareKey.generate(suite);
        return new KeyPair(key.publicKey().javaKey(), key.javaKey());
    }

    /** A self-signed root: a city's trust anchor. */
    static CertificateAuthority root(String name, Suite suite, Instant now, Duration valid)
            throws GeneralSecurityException {
        KeyPair pair = newKeyPair(suite);
        X500Name subject = name(name);
        X509Certificate certificate = sign(
                subject,
                subject,
                pair.getPublic(),
                pair.getPublic(),
                pair.getPrivate(),
                suite,
                now,
                valid,
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(true)),
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
        return new CertificateAuthority(certificate, pair.getPrivate(), suite);
    }

    /** A party's own authority under this one; it can certify leaves only (path length 0). */
    CertificateAuthority under(String name, Instant now, Duration valid) throws GeneralSecurityException {
        KeyPair pair = newKeyPair(suite);
        X509Certificate issued = sign(
                name(name),
                pair.getPublic(),
                now,
                valid,
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(0)),
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
        return new CertificateAuthority(issued, pair.getPrivate(), suite);
    }

    /**
     * A certificate for a party's signing key.
     *
     * @param uris its names as URIs: the DID by which the ledger knows it, and its credential issuer identifier, which strangers'
     *     wallets compare with the {@code iss} of what it signs
     * @param host its name as a host
     */
    X509Certificate signer(PublicKey subjectKey, String name, List<URI> uris, String host, Instant now, Duration valid)
            throws GeneralSecurityException {
        List<GeneralName> names = new ArrayList<>();
        uris.forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString())));
        names.add(new GeneralName(GeneralName.dNSName, host));
        return sign(
                name(name),
                subjectKey,
                now,
                valid,
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(false)),
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        new Ext(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(names.toArray(GeneralName[]::new)))));
    }

    /** The names that a certificate has as URIs, in order. */
    static List<URI> uris(X509Certificate certificate) throws GeneralSecurityException {
        List<URI> uris = new ArrayList<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.get(0).equals(GeneralName.uniformResourceIdentifier)) {
                uris.add(URI.create((String) name.get(1)));
            }
        }
        return uris;
    }

    /** A certificate for signing mobile documents (ISO/IEC 18013-5 annex B.1.4), with the party's DID as a URI name. */
    X509Certificate documentSigner(PublicKey subjectKey, String name, URI did, Instant now, Duration valid)
            throws GeneralSecurityException {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, did.toString()));
        return sign(
                name(name),
                subjectKey,
                now,
                valid,
                List.of(
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        new Ext(Extension.issuerAlternativeName, false, names),
                        new Ext(Extension.subjectAlternativeName, false, names),
                        new Ext(
                                Extension.extendedKeyUsage,
                                true,
                                new ExtendedKeyUsage(KeyPurposeId.getInstance(DOCUMENT_SIGNING)))));
    }

    /** A certificate for an HTTPS server on these hosts (RFC 6125). */
    X509Certificate server(PublicKey subjectKey, List<String> hosts, Instant now, Duration valid)
            throws GeneralSecurityException {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            boolean address = host.matches("[0-9.]+") || host.contains(":");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return sign(
                name(hosts.get(0)),
                subjectKey,
                now,
                valid,
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(false)),
                        new Ext(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        new Ext(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                        new Ext(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(names.toArray(GeneralName[]::new)))));
    }

    private X509Certificate sign(X500Name subject, PublicKey subjectKey, Instant now, Duration valid, List<Ext> more)
            throws GeneralSecurityException {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return sign(issuer, subject, subjectKey, certificate.getPublicKey(), key, suite, now, valid, more);
    }

    private static X509Certificate sign(
            X500Name issuer,
            X500Name subject,
            PublicKey subjectKey,
            PublicKey issuerKey,
            PrivateKey signingKey,
            Suite suite,
            Instant now,
            Duration valid,
            List<Ext> more)
            throws GeneralSecurityException {
        BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(now.minus(BACKDATED)), Date.from(now.plus(valid)), subject, subjectKey);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
            for (Ext extension : more) {
                builder.addExtension(extension.id(), extension.critical(), extension.value());
            }
            JcaContentSignerBuilder signer =
                    new JcaContentSignerBuilder(suite.names().signature());
            JcaX509CertificateConverter certificates = new JcaX509CertificateConverter();
            suite.provider().ifPresent(provider -> {
                signer.setProvider(provider);
                certificates.setProvider(provider);
            });
            return certificates.getCertificate(builder.build(signer.build(signingKey)));
        } catch (IOException | OperatorCreationException e) {
            throw new CertificateException(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "CN")
                .addRDN(BCStyle.O, "e-licence demonstration city (test data)")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private record Ext(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}
}
