package city.elicence.credentials.staff;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffTokenException.Reason;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived token for a member of staff or a script: a JWT (RFC 7519) of type {@code elicence-staff+jwt}, signed ES256
 * by the city's own key, with {@code sub}, {@code role}, {@code office}, {@code use}, {@code jti}, {@code iat} and {@code exp}.
 *
 * @param subject who it is for: a staff number or the name of a script
 * @param role what they may do
 * @param office the one office (a tenant's id) that they work for, or null for every office of the city
 * @param use whether it is sent with each request, or exchanged once for a session
 * @param id unique to the token, by which a service refuses a link's second use
 */
public record StaffToken(
        String subject,
        StaffRole role,
        @Nullable String office,
        Use use,
        String id,
        Instant issuedAt,
        Instant expires) {
    /** The header {@code typ}: no other JWT of the city passes for one. */
    public static final String TYPE = "elicence-staff+jwt";

    /** The longest that any staff token lives. */
    public static final Duration MAX_LIFE = Duration.ofHours(12);

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_SUBJECT_LENGTH = 100;
    private static final int ID_OCTETS = 16;

    /** What a token is good for. */
    public enum Use {
        /** Sent as a bearer token with each request. */
        ACCESS,
        /** Part of a sign-in link: exchanged once for a session. */
        LINK
    }

    public StaffToken {
        if (subject.isEmpty() || subject.length() > MAX_SUBJECT_LENGTH || id.isEmpty()) {
            throw new IllegalArgumentException("a staff token has a subject of at most 100 characters, and an id");
        }
        if (office != null && (office.isEmpty() || office.length() > MAX_SUBJECT_LENGTH)) {
            throw new IllegalArgumentException("an office has a name of at most 100 characters");
        }
        Duration life = Duration.between(issuedAt, expires);
        if (life.isNegative() || life.isZero() || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("a staff token lives for at most " + MAX_LIFE.toHours() + " hours");
        }
    }

    /** A fresh token with a random id, good at every office of the city; {@link #at} narrows it. */
    public static StaffToken of(String subject, StaffRole role, Use use, Instant now, Duration life) {
        byte[] id = new byte[ID_OCTETS];
        new SecureRandom().nextBytes(id);
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        return new StaffToken(subject, role, null, use, Base64Url.encode(id), issuedAt, issuedAt.plus(life));
    }

    /** The same token, good at this office alone. */
    public StaffToken at(String only) {
        return new StaffToken(subject, role, only, use, id, issuedAt, expires);
    }

    /** The signed JWT. */
    public String mint(SigningKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.put("role", role.name().toLowerCase(Locale.ROOT));
        if (office != null) {
            claims.put("office", office);
        }
        claims.put("use", use.name().toLowerCase(Locale.ROOT));
        claims.put("jti", id);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expires.getEpochSecond());
        return Jws.sign(header, claims, key);
    }

    /** The token, if that key signed it, for that use, and its time has not passed. */
    public static StaffToken verify(String jwt, EcPublicKey key, Use use, Instant now) throws StaffTokenException {
        StaffToken token;
        try {
            Jws jws = Jws.parse(jwt);
            if (!jws.type().filter(TYPE::equals).isPresent()) {
                throw new StaffTokenException(Reason.MALFORMED);
            }
            if (!jws.verifiedBy(key)) {
                throw new StaffTokenException(Reason.BAD_SIGNATURE);
            }
            token = read(Fields.of(jws.claims()));
        } catch (JoseException | JsonException | IllegalArgumentException e) {
            throw new StaffTokenException(Reason.MALFORMED);
        }
        if (!now.isBefore(token.expires) || token.issuedAt.isAfter(now.plus(SKEW))) {
            throw new StaffTokenException(Reason.EXPIRED);
        }
        if (token.use != use) {
            throw new StaffTokenException(Reason.WRONG_USE);
        }
        return token;
    }

    private static StaffToken read(Fields claims) throws JsonException {
        return new StaffToken(
                claims.string("sub"),
                StaffRole.valueOf(claims.string("role").toUpperCase(Locale.ROOT)),
                claims.optString("office").orElse(null),
                Use.valueOf(claims.string("use").toUpperCase(Locale.ROOT)),
                claims.string("jti"),
                claims.instant("iat"),
                claims.instant("exp"));
    }
}
