package city.elicence.credentials.merkle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an issuer's log holds for one credential: SHA-256(salt || SHA-256(issuer-signed JWT)). The salt of 128 random bits
 * keeps the entry from being guessed by someone who knows what the credential says.
 */
public final class LogEntry {
    /** Octets of salt. */
    public static final int SALT_LENGTH = 16;

    private final byte[] octets;

    private LogEntry(byte[] octets) {
        this.octets = octets;
    }

    /** The entry for a credential known by the SHA-256 of its issuer-signed JWT. */
    public static LogEntry of(byte[] salt, byte[] credentialSha256) {
        if (salt.length != SALT_LENGTH || credentialSha256.length != MerkleHash.LENGTH) {
            throw new IllegalArgumentException("an entry is made of 16 octets of salt and 32 of digest, found "
                    + salt.length + " and " + credentialSha256.length);
        }
        MessageDigest digest = MerkleHash.sha256();
        digest.update(salt);
        return new LogEntry(digest.digest(credentialSha256));
    }

    /** The entry for an issuer-signed JWT: the first part of an SD-JWT, before the first tilde. */
    public static LogEntry ofJwt(byte[] salt, String issuerSignedJwt) {
        return of(salt, digestOf(issuerSignedJwt));
    }

    /** SHA-256 of the ASCII octets of an issuer-signed JWT. */
    public static byte[] digestOf(String issuerSignedJwt) {
        return MerkleHash.sha256().digest(issuerSignedJwt.getBytes(StandardCharsets.US_ASCII));
    }

    /** A copy of the 32 octets that are the leaf's input. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The leaf hash of this entry. */
    public MerkleHash leafHash() {
        return MerkleHash.ofLeaf(octets);
    }
}
