package city.elicence.credentials.jose;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key held in memory. */
public final class SoftwareKey implements SigningKey {
    private final EcPublicKey publicKey;
    private final ECPrivateKey privateKey;

    private SoftwareKey(EcPublicKey publicKey, ECPrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** A new key on P-256. */
    public static SoftwareKey generate() {
        return generate(Suite.ES256);
    }

    public static SoftwareKey generate(Suite suite) {
        try {
            KeyPair pair = suite.generate();
            return new SoftwareKey(EcPublicKey.of((ECPublicKey) pair.getPublic(), Suites.and(suite)), (ECPrivateKey)
                    pair.getPrivate());
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException("this platform cannot make a key for " + suite, e);
        }
    }

    /** The key of a private JWK on P-256; see {@link #fromJwk(Map, Suites)}. */
    public static SoftwareKey fromJwk(Map<String, Object> jwk) throws JoseException {
        return fromJwk(jwk, Suites.ES256_ALONE);
    }

    /** The key of a private JWK, whose two halves must belong together. */
    public static SoftwareKey fromJwk(Map<String, Object> jwk, Suites taken) throws JoseException {
        try {
            Map<String, Object> open = new LinkedHashMap<>(jwk);
            open.remove("d");
            EcPublicKey publicKey = EcPublicKey.fromJwk(open, taken);
            BigInteger d = EcPublicKey.coordinate(Fields.of(jwk).bytes("d"));
            SoftwareKey key = new SoftwareKey(publicKey, publicKey.suite().privateKey(d));
            byte[] probe = {1};
            if (!publicKey.verifies(probe, key.sign(probe))) {
                throw new JoseException("expected a private key that belongs to its public key");
            }
            return key;
        } catch (JsonException | GeneralSecurityException e) {
            throw new JoseException("expected a private JWK on the curve of " + taken, e);
        }
    }

    /** Secret. For storage under encryption, and nowhere else. */
    public Map<String, Object> toPrivateJwk() {
        Map<String, Object> jwk = publicKey.toJwk();
        jwk.put("d", EcPublicKey.coordinate(privateKey.getS()));
        return jwk;
    }

    @Override
    public EcPublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] input) {
        try {
            return suite().sign(privateKey, input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform cannot sign with a key for " + suite(), e);
        }
    }

    /** The key for {@code java.security}: to sign certificates, and to decrypt. */
    public ECPrivateKey javaKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "SoftwareKey[" + publicKey.thumbprint() + "]";
    }
}
