package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A hash algorithm that {@code _sd_alg} may name (RFC 9901 §4.1.1): three of the IANA registry, which anybody takes, and those of the
 * suites that are taken here.
 */
public final class HashAlgorithm {
    public static final HashAlgorithm SHA_256 = new HashAlgorithm("sha-256", input -> digest("SHA-256", input));
    public static final HashAlgorithm SHA_384 = new HashAlgorithm("sha-384", input -> digest("SHA-384", input));
    public static final HashAlgorithm SHA_512 = new HashAlgorithm("sha-512", input -> digest("SHA-512", input));

    private static final List<HashAlgorithm> REGISTERED = List.of(SHA_256, SHA_384, SHA_512);

    private final String name;
    private final UnaryOperator<byte[]> digest;

    private HashAlgorithm(String name, UnaryOperator<byte[]> digest) {
        this.name = name;
        this.digest = digest;
    }

    /** The one of a suite. */
    static HashAlgorithm of(Suite suite) {
        return suite.equals(Suite.ES256) ? SHA_256 : new HashAlgorithm(suite.hash(), suite::digest);
    }

    /** The one that {@code _sd_alg} names. */
    public static HashAlgorithm named(String name, Suites taken) throws SdJwtException {
        Optional<HashAlgorithm> registered =
                REGISTERED.stream().filter(known -> known.name.equals(name)).findFirst();
        return registered.isPresent()
                ? registered.get()
                : taken.hashing(name)
                        .map(HashAlgorithm::of)
                        .orElseThrow(() -> new SdJwtException(
                                SdJwtProblem.HASH_ALGORITHM_NOT_ACCEPTED,
                                "_sd_alg: expected sha-256, sha-384, sha-512 or the hash of " + taken));
    }

    /** As {@code _sd_alg} names it. */
    public String sdAlg() {
        return name;
    }

    /** The digest of US-ASCII text, base64url (RFC 9901 §4.2.3). */
    public String digest(String ascii) {
        return Base64Url.encode(digest.apply(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] digest(String javaName, byte[] input) {
        try {
            return MessageDigest.getInstance(javaName).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + javaName, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
