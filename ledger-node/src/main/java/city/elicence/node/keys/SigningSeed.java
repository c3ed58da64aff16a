package city.elicence.node.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key by its 32-byte seed. It signs for a DID, and for a node it is also the origin of the CURVE key: Indy clients
 * compute the node's transport key from its verification key, so the node must derive its secret the same way.
 */
public final class SigningSeed {
    public static final int LENGTH = 32;

    private final byte[] seed;
    private final byte[] verkey;

    private SigningSeed(byte[] seed) {
        this.seed = seed;
        this.verkey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    }

    public static SigningSeed of(byte[] seed) {
        if (seed.length != LENGTH) {
            throw new IllegalArgumentException("a seed has " + LENGTH + " bytes, this one " + seed.length);
        }
        return new SigningSeed(seed.clone());
    }

    public static SigningSeed generate(SecureRandom random) {
        byte[] seed = new byte[LENGTH];
        random.nextBytes(seed);
        return new SigningSeed(seed);
    }

    /** The DID that Indy software derives from a key: base58 of its first 16 bytes. */
    public String did() {
        return Base58.encode(Arrays.copyOf(verkey, 16));
    }

    public String verkey() {
        return Base58.encode(verkey);
    }

    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The Curve25519 secret of the same key (RFC 8032 §5.1.5: the clamped first half of SHA-512 of the seed). */
    public byte[] curveSecret() {
        try {
            byte[] secret = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
            secret[0] &= (byte) 248;
            secret[31] &= (byte) 127;
            secret[31] |= (byte) 64;
            return secret;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    /** For the key file only. */
    byte[] exposedSeed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "SigningSeed[" + did() + "]";
    }
}
