package city.elicence.credentials.status;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A status list token in either form, JWT (§5.1) or CWT (§5.2): both say the same and are held to the same. As text a JWT stands as it is, and
 * a CWT in base64url, which has no dot; so one is told from the other.
 */
public sealed interface StatusToken permits StatusListToken, StatusListCwt {
    /** §8.2: what may come, the JWT rather. */
    List<String> MEDIA_TYPES = List.of(StatusListToken.MEDIA_TYPE, StatusListCwt.MEDIA_TYPE);

    /** The same as an {@code Accept} header. */
    String ACCEPT = StatusListToken.MEDIA_TYPE + ", " + StatusListCwt.MEDIA_TYPE + ";q=0.9";

    /** Reads a token from its text, believing nothing of it. */
    static StatusToken read(String text) throws StatusException {
        if (text.indexOf('.') >= 0) {
            return StatusListToken.parse(text);
        }
        try {
            return StatusListCwt.parse(Base64Url.decode(text));
        } catch (JsonException e) {
            throw new StatusException(Reason.MALFORMED_TOKEN, "expected a JWT, or a CWT in base64url");
        }
    }

    /** The text of what came over HTTP as one of {@link #MEDIA_TYPES}. */
    static String text(String mediaType, byte[] octets) {
        return mediaType.equals(StatusListCwt.MEDIA_TYPE)
                ? Base64Url.encode(octets)
                : new String(octets, StandardCharsets.UTF_8).trim();
    }

    /** §8.3: the list, if that key signed it, it is the list that the credential refers to, and it has not expired. */
    StatusList check(EcPublicKey key, URI uriInCredential, Instant now, Duration skew) throws StatusException;

    /** The list in a token that was verified before it was put away, such as one in a snapshot that is signed as a whole. */
    StatusList listVerifiedBefore() throws StatusException;

    /** Whether a consumer that fetched the token at that time should fetch a fresh one (§8.3 4d). */
    boolean isStale(Instant fetchedAt, Instant now);

    /** The signer's chain, on P-256, for finding the key to trust; unverified like all else. */
    default Optional<CertificateChain> certificates() throws StatusException {
        return certificates(Suites.ES256_ALONE);
    }

    /** The same, where the signer may have a key of any of these suites. */
    Optional<CertificateChain> certificates(Suites taken) throws StatusException;

    /** The URI that the token gives for itself. */
    URI subject();

    /** When it was signed: the age of the knowledge in it. */
    Instant issuedAt();

    /** When it stops counting, if ever. */
    Optional<Instant> expires();

    /** SHA-256 of the token's octets in base64url: what the issuer anchors on the ledger. */
    String sha256();

    /** The same from the text of a token that was read before. */
    static String sha256(String text) {
        try {
            return Base64Url.encode(Sha256.of(
                    text.indexOf('.') >= 0 ? text.getBytes(StandardCharsets.US_ASCII) : Base64Url.decode(text)));
        } catch (JsonException e) {
            throw new IllegalArgumentException("expected the text of a token", e);
        }
    }

    /** The token as text. */
    String text();
}
