package city.elicence.credentials.merkle;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A SHA-256 value in the tree of RFC 9162 §2.1: of a leaf, of a node, or the root. */
public final class MerkleHash {
    /** Octets in a hash. */
    public static final int LENGTH = 32;

    private final byte[] octets;

    private MerkleHash(byte[] octets) {
        this.octets = octets;
    }

    /** The hash with these 32 octets; throws {@link IllegalArgumentException} on any other number. */
    public static MerkleHash of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a Merkle hash has 32 octets, found " + octets.length);
        }
        return new MerkleHash(octets.clone());
    }

    /** Reads 43 characters of canonical base64url; throws {@link IllegalArgumentException} on anything else. */
    public static MerkleHash fromBase64Url(String text) {
        try {
            return of(Base64Url.decode(text));
        } catch (JsonException e) {
            throw new IllegalArgumentException("a Merkle hash is 43 characters of canonical base64url", e);
        }
    }

    /** RFC 9162 §2.1.1: MTH of the empty list is the hash of the empty string. */
    public static MerkleHash emptyRoot() {
        return new MerkleHash(sha256().digest());
    }

    /** RFC 9162 §2.1.1: the hash of a leaf, HASH(0x00 || entry). */
    public static MerkleHash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0x00);
        return new MerkleHash(digest.digest(entry));
    }

    /** RFC 9162 §2.1.1: the hash of a node, HASH(0x01 || left || right). */
    public static MerkleHash ofNode(MerkleHash left, MerkleHash right) {
        MessageDigest digest = sha256();
        digest.update((byte) 0x01);
        digest.update(left.octets);
        return new MerkleHash(digest.digest(right.octets));
    }

    /** A copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** 43 characters of unpadded base64url. */
    public String toBase64Url() {
        return Base64Url.encode(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MerkleHash that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return toBase64Url();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
