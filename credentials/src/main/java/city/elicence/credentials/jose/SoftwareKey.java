package city.elicence.credentials.jose;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** A P-256 key held in memory, by whatever provider the platform puts first. */
public final class SoftwareKey implements SigningKey {
    private final EcPublicKey publicKey;
    private final ECPrivateKey privateKey;

    private SoftwareKey(EcPublicKey publicKey, ECPrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    public static SoftwareKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new SoftwareKey(EcPublicKey.of((ECPublicKey) pair.getPublic()), (ECPrivateKey) pair.getPrivate());
        } catch (GeneralSecurityException | JoseException e) {
            throw new IllegalStateException("this platform cannot make a P-256 key", e);
        }
    }

    /** The key of a private JWK, whose two halves must belong together. */
    public static SoftwareKey fromJwk(Map<String, Object> jwk) throws JoseException {
        try {
            Map<String, Object> open = new LinkedHashMap<>(jwk);
            open.remove("d");
            EcPublicKey publicKey = EcPublicKey.fromJwk(open);
            BigInteger d = EcPublicKey.coordinate(Fields.of(jwk).bytes("d"));
            ECPrivateKey privateKey = (ECPrivateKey)
                    KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(d, EcPublicKey.P256));
            SoftwareKey key = new SoftwareKey(publicKey, privateKey);
            byte[] probe = {1};
            if (!Es256.verify(publicKey, probe, key.signEs256(probe))) {
                throw new JoseException("expected a private key that belongs to its public key");
            }
            return key;
        } catch (JsonException | GeneralSecurityException e) {
            throw new JoseException("expected a private JWK on P-256", e);
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
    public byte[] signEs256(byte[] input) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(input);
            return Es256.toRaw(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform cannot sign with a P-256 key", e);
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
