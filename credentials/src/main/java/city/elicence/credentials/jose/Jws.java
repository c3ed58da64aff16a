package city.elicence.credentials.jose;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact serialization (RFC 7515 §3.1), as parsed: nothing in it is true until {@link #verifiedBy} says so. The only
 * algorithm that ever verifies is that of the key's own suite.
 */
public final class Jws {
    public static final int MAX_LENGTH = 512 * 1024;

    private final String compact;
    private final Map<String, Object> header;
    private final byte[] payload;
    private final byte[] signature;

    private Jws(String compact, Map<String, Object> header, byte[] payload, byte[] signature) {
        this.compact = compact;
        this.header = header;
        this.payload = payload;
        this.signature = signature;
    }

    public static Jws parse(String compact) throws JoseException {
        if (compact.length() > MAX_LENGTH) {
            throw new JoseException("expected a JWS of at most " + MAX_LENGTH + " characters");
        }
        int first = compact.indexOf('.');
        int second = compact.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
            throw new JoseException("expected three parts: header, payload, signature");
        }
        try {
            Map<String, Object> header = Json.parseObject(Base64Url.decode(compact.substring(0, first)));
            Fields.of(header).string("alg");
            if (header.containsKey("crit")) {
                // RFC 7515 §4.1.11: an extension that is not understood makes the JWS invalid; none is understood here.
                throw new JoseException("crit: expected no critical extensions");
            }
            return new Jws(
                    compact,
                    header,
                    Base64Url.decode(compact.substring(first + 1, second)),
                    Base64Url.decode(compact.substring(second + 1)));
        } catch (JsonException e) {
            throw new JoseException("expected a JWS in compact form: " + e.getMessage(), e);
        }
    }

    /** Signs claims; {@code alg} is set here, other header fields are the caller's. */
    public static String sign(Map<String, Object> header, Map<String, Object> claims, SigningKey key) {
        return sign(header, Json.write(claims), key);
    }

    public static String sign(Map<String, Object> header, String payload, SigningKey key) {
        return signed(header, payload, key).compact();
    }

    /** Signs, and keeps what was signed as if it had been parsed. */
    public static Jws signed(Map<String, Object> header, String payload, SigningKey key) {
        Map<String, Object> complete = new LinkedHashMap<>();
        String algorithm = key.suite().algorithm();
        complete.put("alg", algorithm);
        complete.putAll(header);
        if (!algorithm.equals(complete.get("alg"))) {
            throw new IllegalArgumentException("alg: this key signs by " + algorithm);
        }
        byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
        String input = Base64Url.encodeText(Json.write(complete)) + '.' + Base64Url.encode(utf8);
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return new Jws(
                input + '.' + Base64Url.encode(signature), Collections.unmodifiableMap(complete), utf8, signature);
    }

    public Map<String, Object> header() {
        return header;
    }

    /** The {@code typ} header, as it stands. */
    public Optional<String> type() {
        return header.get("typ") instanceof String type ? Optional.of(type) : Optional.empty();
    }

    public byte[] payload() {
        return payload.clone();
    }

    /** The payload as a JSON object: the claims of a JWT. */
    public Map<String, Object> claims() throws JoseException {
        try {
            return Json.parseObject(payload);
        } catch (JsonException e) {
            throw new JoseException("expected a JSON object as payload: " + e.getMessage(), e);
        }
    }

    /** Whether, by {@code nbf} and {@code exp} where it has them, its time has come and is not over (RFC 7519 §4.1.4, §4.1.5). */
    public boolean isInTime(Instant now, Duration skew) throws JoseException {
        try {
            Fields claims = Fields.of(claims());
            return claims.optInstant("exp").orElse(Instant.MAX).isAfter(now)
                    && !claims.optInstant("nbf").orElse(Instant.MIN).isAfter(now.plus(skew));
        } catch (JsonException e) {
            throw new JoseException("exp, nbf: expected times: " + e.getMessage(), e);
        }
    }

    /** The certificates in {@code x5c} (RFC 7515 §4.1.6) as they stand, or empty when the header has none. */
    public Optional<List<String>> x5c() throws JoseException {
        try {
            return Fields.of(header).optStrings("x5c");
        } catch (JsonException e) {
            throw new JoseException("x5c: expected an array of strings", e);
        }
    }

    /** The chain in {@code x5c}, parsed; its leaf is on P-256. */
    public Optional<CertificateChain> certificates() throws JoseException {
        return certificates(Suites.ES256_ALONE);
    }

    /** The chain in {@code x5c}, parsed; its leaf is for one of these suites. */
    public Optional<CertificateChain> certificates(Suites taken) throws JoseException {
        Optional<List<String>> x5c = x5c();
        return x5c.isPresent() ? Optional.of(CertificateChain.fromX5c(x5c.get(), taken)) : Optional.empty();
    }

    /** The {@code alg} header, as it stands. */
    public String algorithm() {
        return String.valueOf(header.get("alg"));
    }

    /** Whether {@code key} made this signature by its suite. Whatever else {@code alg} says, {@code none} included, is not verified. */
    public boolean verifiedBy(EcPublicKey key) {
        return key.suite().algorithm().equals(algorithm())
                && key.verifies(signingInput().getBytes(StandardCharsets.US_ASCII), signature);
    }

    /** What is signed: header and payload (RFC 7515 §5.2). Unlike the signature, it has one form only. */
    public String signingInput() {
        return compact.substring(0, compact.lastIndexOf('.'));
    }

    /** As received. */
    public String compact() {
        return compact;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Jws jws && compact.equals(jws.compact);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    /** Never the contents: a JWS may carry personal data. */
    @Override
    public String toString() {
        return "Jws[" + compact.length() + " characters]";
    }
}
