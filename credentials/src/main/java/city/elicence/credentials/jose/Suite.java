package city.elicence.credentials.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm with its curve of 256 bits and its hash: all in which one suite differs from another. No suite registers itself;
 * it counts where it was handed in, in {@link Suites}. Two are one when their algorithms have one name.
 */
public final class Suite {
    /** ES256 (RFC 7518 §3.4): ECDSA on P-256 with SHA-256, by whatever provider the platform puts first. */
    public static final Suite ES256 = new Suite(
            new Names("ES256", "P-256", "sha-256", "SHA256withECDSA", "secp256r1", "SHA-256"),
            Curve.P_256.toECParameterSpec(),
            null);

    /** r and s, 32 bytes each. */
    public static final int SIGNATURE_BYTES = 64;

    private static final int HALF = SIGNATURE_BYTES / 2;

    private final Names names;
    private final ECParameterSpec parameters;
    private final @Nullable Provider provider;

    /**
     * What a suite is called.
     *
     * @param algorithm the {@code alg} of JOSE (RFC 7515 §4.1.1)
     * @param curve the {@code crv} of a JWK (RFC 7518 §6.2.1.1)
     * @param hash the {@code _sd_alg} of an SD-JWT (RFC 9901 §4.1.1)
     * @param signature to {@code java.security}: as all below
     */
    public record Names(
            String algorithm, String curve, String hash, String signature, String javaCurve, String digest) {}

    private Suite(Names names, ECParameterSpec parameters, @Nullable Provider provider) {
        this.names = names;
        this.parameters = parameters;
        this.provider = provider;
    }

    /** A suite that this provider computes, which need not be registered with the platform. */
    public static Suite of(Names names, Provider provider) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC", provider);
            curve.init(new ECGenParameterSpec(names.javaCurve()));
            return new Suite(names, curve.getParameterSpec(ECParameterSpec.class), provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a provider that knows the curve " + names.javaCurve(), e);
        }
    }

    /** What it is called to {@code java.security}, too. */
    public Names names() {
        return names;
    }

    /** Who computes it; empty where the platform chooses. */
    public Optional<Provider> provider() {
        return Optional.ofNullable(provider);
    }

    public String algorithm() {
        return names.algorithm();
    }

    public String curve() {
        return names.curve();
    }

    public String hash() {
        return names.hash();
    }

    public byte[] digest(byte[] input) {
        try {
            return (provider == null
                            ? MessageDigest.getInstance(names.digest())
                            : MessageDigest.getInstance(names.digest(), provider))
                    .digest(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no " + names.digest(), e);
        }
    }

    /** From the DER form of {@code java.security} (and of phones' keystores) to r and s. */
    public static byte[] toRaw(byte[] derSignature) {
        try {
            return ECDSA.transcodeSignatureToConcat(derSignature, SIGNATURE_BYTES);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("expected a DER-encoded signature of two integers", e);
        }
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    boolean isCurveOf(ECPublicKey key) {
        ECParameterSpec other = key.getParams();
        return other != null
                && other.getCurve().equals(parameters.getCurve())
                && other.getGenerator().equals(parameters.getGenerator());
    }

    KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator =
                provider == null ? KeyPairGenerator.getInstance("EC") : KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(names.javaCurve()));
        return generator.generateKeyPair();
    }

    ECPublicKey publicKey(ECPoint point) throws GeneralSecurityException {
        return (ECPublicKey) keys().generatePublic(new ECPublicKeySpec(point, parameters));
    }

    ECPrivateKey privateKey(BigInteger d) throws GeneralSecurityException {
        return (ECPrivateKey) keys().generatePrivate(new ECPrivateKeySpec(d, parameters));
    }

    byte[] sign(ECPrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signature = signature();
        signature.initSign(key);
        signature.update(input);
        return toRaw(signature.sign());
    }

    boolean verify(ECPublicKey key, byte[] input, byte[] raw) {
        // r and s of zero, or beyond the order, once verified anything on some platforms (CVE-2022-21449).
        if (raw.length != SIGNATURE_BYTES
                || !isLegal(Arrays.copyOf(raw, HALF))
                || !isLegal(Arrays.copyOfRange(raw, HALF, SIGNATURE_BYTES))) {
            return false;
        }
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(ECDSA.transcodeSignatureToDER(raw));
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /** y² = x³ + ax + b; not every provider checks it, and a point off the curve leaks private keys in ECDH. */
    boolean hasPoint(ECPoint point) {
        if (ECPoint.POINT_INFINITY.equals(point)) {
            return false;
        }
        BigInteger prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(2)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB());
        return x.signum() >= 0
                && y.signum() >= 0
                && x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    CertificateFactory certificates() throws CertificateException {
        return provider == null
                ? CertificateFactory.getInstance("X.509")
                : CertificateFactory.getInstance("X.509", provider);
    }

    CertPathValidator paths() throws GeneralSecurityException {
        return provider == null
                ? CertPathValidator.getInstance("PKIX")
                : CertPathValidator.getInstance("PKIX", provider);
    }

    private boolean isLegal(byte[] half) {
        BigInteger value = new BigInteger(1, half);
        return value.signum() > 0 && value.compareTo(parameters.getOrder()) < 0;
    }

    private Signature signature() throws GeneralSecurityException {
        return provider == null
                ? Signature.getInstance(names.signature())
                : Signature.getInstance(names.signature(), provider);
    }

    private KeyFactory keys() throws GeneralSecurityException {
        return provider == null ? KeyFactory.getInstance("EC") : KeyFactory.getInstance("EC", provider);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Suite suite && algorithm().equals(suite.algorithm());
    }

    @Override
    public int hashCode() {
        return algorithm().hashCode();
    }

    @Override
    public String toString() {
        return algorithm();
    }
}
