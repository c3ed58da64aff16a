package city.elicence.credentials.status;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signed token that carries a status list (§5.1), in JWT form. What is parsed has the form of one and no more: the
 * list is handed out by {@link #check} alone.
 */
public final class StatusListToken implements StatusToken {
    /** §5.1: the header {@code typ}. */
    public static final String TYPE = "statuslist+jwt";

    /** §8.2: the media type of the HTTP response. */
    public static final String MEDIA_TYPE = "application/statuslist+jwt";

    private final Jws jws;
    private final StatusClaims claims;
    private final Map<String, Object> list;

    private StatusListToken(Jws jws) throws JoseException, JsonException, StatusException {
        Fields fields = Fields.of(jws.claims());
        this.jws = jws;
        this.list = fields.object("status_list");
        Optional<Duration> ttl =
                fields.has("ttl") ? Optional.of(Duration.ofSeconds(fields.longValue("ttl"))) : Optional.empty();
        this.claims = new StatusClaims(fields.uri("sub"), fields.instant("iat"), fields.optInstant("exp"), ttl);
        if (!jws.type().filter(TYPE::equals).isPresent()) {
            throw new StatusException(Reason.MALFORMED_TOKEN, "typ must be " + TYPE);
        }
    }

    /**
     * What an issuer says about a list besides the list.
     *
     * @param subject the list's URI, equal to that in the credentials
     * @param validFor how long after {@code issuedAt} the token expires
     * @param ttl after how long a consumer should fetch it anew
     * @param aggregation where all lists of this issuer are listed (§9.2)
     */
    public record Terms(URI subject, Instant issuedAt, Duration validFor, Duration ttl, URI aggregation) {
        public Terms {
            if (ttl.toMillis() < 1000 || validFor.compareTo(ttl) < 0) {
                throw new IllegalArgumentException("a status list token lives at least as long as its ttl of a second");
            }
        }
    }

    /** Signs a list; {@code x5c} is the signer's chain without the trust anchor (HAIP 1.0 §6.1.1). */
    public static String sign(StatusList list, Terms terms, SigningKey key, List<String> x5c) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        header.put("x5c", x5c);
        return sign(list, terms, key, header);
    }

    /** Signs the list of a company, by the key of its business licence: who checks it learnt that key from what refers to it. */
    public static String signByHolder(StatusList list, Terms terms, SigningKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        return sign(list, terms, key, header);
    }

    private static String sign(StatusList list, Terms terms, SigningKey key, Map<String, Object> header) {
        Map<String, Object> statusList = list.toJson();
        statusList.put("aggregation_uri", terms.aggregation().toString());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", terms.subject().toString());
        claims.put("iat", terms.issuedAt().getEpochSecond());
        claims.put("exp", terms.issuedAt().plus(terms.validFor()).getEpochSecond());
        claims.put("ttl", terms.ttl().toMillis() / 1000);
        claims.put("status_list", statusList);
        return Jws.sign(header, Json.write(claims), key);
    }

    /** Reads a token and holds it to the form of §5.1, believing nothing of it. */
    public static StatusListToken parse(String jwt) throws StatusException {
        try {
            return new StatusListToken(Jws.parse(jwt));
        } catch (JoseException | JsonException | ArithmeticException e) {
            throw new StatusException(Reason.MALFORMED_TOKEN, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public StatusList check(EcPublicKey key, URI uriInCredential, Instant now, Duration skew) throws StatusException {
        if (!jws.verifiedBy(key)) {
            throw new StatusException(Reason.BAD_SIGNATURE, "the token is not signed by the key that is trusted");
        }
        claims.check(uriInCredential, now, skew);
        return listVerifiedBefore();
    }

    @Override
    public StatusList listVerifiedBefore() throws StatusException {
        return StatusList.fromJson(list);
    }

    @Override
    public boolean isStale(Instant fetchedAt, Instant now) {
        return claims.isStale(fetchedAt, now);
    }

    @Override
    public Optional<CertificateChain> certificates(Suites taken) throws StatusException {
        try {
            return jws.certificates(taken);
        } catch (JoseException e) {
            throw new StatusException(Reason.MALFORMED_TOKEN, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public URI subject() {
        return claims.subject();
    }

    @Override
    public Instant issuedAt() {
        return claims.issuedAt();
    }

    @Override
    public Optional<Instant> expires() {
        return claims.expires();
    }

    /** How long it may be kept before a fresh one should be fetched. */
    public Optional<Duration> ttl() {
        return claims.ttl();
    }

    @Override
    public String sha256() {
        return Base64Url.encode(Sha256.of(jws.compact().getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String text() {
        return jws.compact();
    }

    /** The token as it was received. */
    public String compact() {
        return jws.compact();
    }
}
