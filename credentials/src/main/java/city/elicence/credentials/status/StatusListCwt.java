package city.elicence.credentials.status;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.status.StatusException.Reason;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed token that carries a status list, in CWT form (§5.2): what verifiers of mobile documents ask for. What is
 * parsed has the form of one and no more: the list is handed out by {@link #check} alone.
 */
public final class StatusListCwt implements StatusToken {
    /** §5.2: the header {@code type}, and §8.2: the media type of the HTTP response. */
    public static final String MEDIA_TYPE = "application/statuslist+cwt";

    private static final long TYPE = 16;
    private static final long SUBJECT = 2;
    private static final long EXPIRATION_TIME = 4;
    private static final long ISSUED_AT = 6;
    private static final long STATUS_LIST = 65533;
    private static final long TIME_TO_LIVE = 65534;

    private final byte[] octets;
    private final CoseSign1 signed;
    private final StatusClaims claims;
    private final Map<?, ?> list;

    private StatusListCwt(byte[] octets, CoseSign1 signed, Map<?, ?> payload) throws StatusException {
        Long expires = optional(payload, EXPIRATION_TIME);
        Long ttl = optional(payload, TIME_TO_LIVE);
        Long issuedAt = optional(payload, ISSUED_AT);
        if (!(payload.get(SUBJECT) instanceof String subject)
                || issuedAt == null
                || !(payload.get(STATUS_LIST) instanceof Map<?, ?> statusList)) {
            throw malformed("expected subject, issued at and status list");
        }
        this.octets = octets.clone();
        this.signed = signed;
        this.list = statusList;
        try {
            this.claims = new StatusClaims(
                    URI.create(subject),
                    Instant.ofEpochSecond(issuedAt),
                    Optional.ofNullable(expires).map(Instant::ofEpochSecond),
                    Optional.ofNullable(ttl).map(Duration::ofSeconds));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed("expected a URI as subject, and times in seconds");
        }
    }

    /** Signs a list; the chain goes under x5chain. */
    public static byte[] sign(StatusList list, StatusListToken.Terms terms, SigningKey key, CertificateChain chain) {
        Map<String, Object> statusList = new LinkedHashMap<>();
        statusList.put("bits", (long) list.bits());
        statusList.put("lst", list.compress());
        statusList.put("aggregation_uri", terms.aggregation().toString());
        Map<Long, Object> payload = new LinkedHashMap<>();
        payload.put(SUBJECT, terms.subject().toString());
        payload.put(ISSUED_AT, terms.issuedAt().getEpochSecond());
        payload.put(EXPIRATION_TIME, terms.issuedAt().plus(terms.validFor()).getEpochSecond());
        payload.put(TIME_TO_LIVE, terms.ttl().toMillis() / 1000);
        payload.put(STATUS_LIST, statusList);
        CoseSign1 signed = CoseSign1.sign(
                Map.of(TYPE, MEDIA_TYPE),
                Map.of(CoseSign1.X5CHAIN, CoseSign1.x5chain(chain)),
                Cbor.encode(payload),
                key);
        return Cbor.encode(new Tagged(CoseSign1.TAG, signed.toCbor()));
    }

    /** Reads a token and holds it to the form of §5.2, believing nothing of it. */
    public static StatusListCwt parse(byte[] octets) throws StatusException {
        try {
            if (!(Cbor.decode(octets) instanceof Tagged tagged) || tagged.tag() != CoseSign1.TAG) {
                throw malformed("expected COSE_Sign1 under its tag");
            }
            CoseSign1 signed = CoseSign1.parse(tagged.content());
            if (!signed.protectedField(TYPE).filter(MEDIA_TYPE::equals).isPresent()) {
                throw malformed("type must be " + MEDIA_TYPE);
            }
            byte[] payload = signed.payload().orElseThrow(() -> malformed("expected a payload inside"));
            if (Cbor.decode(payload) instanceof Map<?, ?> claims) {
                return new StatusListCwt(octets, signed, claims);
            }
            throw malformed("expected a map of claims");
        } catch (CborException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether that key signed it. */
    public boolean isSignedBy(EcPublicKey key) {
        return signed.verifiedBy(key);
    }

    @Override
    public StatusList check(EcPublicKey key, URI uriInCredential, Instant now, Duration skew) throws StatusException {
        if (!isSignedBy(key)) {
            throw new StatusException(Reason.BAD_SIGNATURE, "the token is not signed by the key that is trusted");
        }
        claims.check(uriInCredential, now, skew);
        return listVerifiedBefore();
    }

    @Override
    public StatusList listVerifiedBefore() throws StatusException {
        if (list.get("bits") instanceof Long bits && bits <= 8 && list.get("lst") instanceof byte[] lst) {
            return StatusList.decompress(bits.intValue(), lst);
        }
        throw new StatusException(Reason.MALFORMED_LIST, "expected bits and lst");
    }

    @Override
    public boolean isStale(Instant fetchedAt, Instant now) {
        return claims.isStale(fetchedAt, now);
    }

    /** COSE is signed by ES256 alone. */
    @Override
    public Optional<CertificateChain> certificates(Suites taken) throws StatusException {
        try {
            return signed.certificates();
        } catch (CborException e) {
            throw malformed(String.valueOf(e.getMessage()));
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

    @Override
    public String sha256() {
        return Base64Url.encode(Sha256.of(octets));
    }

    @Override
    public String text() {
        return Base64Url.encode(octets);
    }

    private static @Nullable Long optional(Map<?, ?> claims, long label) throws StatusException {
        Object value = claims.get(label);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        throw malformed("expected times in whole seconds");
    }

    private static StatusException malformed(String detail) {
        return new StatusException(Reason.MALFORMED_TOKEN, detail);
    }
}
