package city.elicence.credentials.jose;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A public key on the curve of its suite, known to lie there; it verifies by that suite and by no other. Two are equal when their suites
 * and points are. Keep it: it holds the decoded key.
 */
public final class EcPublicKey {
    private static final int COORDINATE_BYTES = 32;

    private final Suite suite;
    private final ECPublicKey javaKey;

    private EcPublicKey(Suite suite, ECPublicKey javaKey) {
        this.suite = suite;
        this.javaKey = javaKey;
    }

    /** The key of a JWK on P-256; see {@link #fromJwk(Map, Suites)}. */
    public static EcPublicKey fromJwk(Map<String, Object> jwk) throws JoseException {
        return fromJwk(jwk, Suites.ES256_ALONE);
    }

    /** The key of a JWK (RFC 7517, RFC 7518 §6.2); members other than kty, crv, x and y are ignored, private ones refused. */
    public static EcPublicKey fromJwk(Map<String, Object> jwk, Suites taken) throws JoseException {
        try {
            Fields fields = Fields.of(jwk);
            String curve = fields.string("crv");
            for (Suite suite : taken.all()) {
                if ("EC".equals(fields.string("kty")) && suite.curve().equals(curve)) {
                    if (fields.has("d")) {
                        throw new JoseException("expected a public key, found a private one");
                    }
                    return of(suite, coordinate(fields.bytes("x")), coordinate(fields.bytes("y")));
                }
            }
            throw notOnCurve(taken);
        } catch (JsonException e) {
            throw new JoseException("expected a JWK on a curve of " + taken + ": " + e.getMessage(), e);
        }
    }

    /** A key on P-256. */
    public static EcPublicKey of(ECPublicKey key) throws JoseException {
        return of(key, Suites.ES256_ALONE);
    }

    /** A key on the curve of one of these suites. */
    public static EcPublicKey of(ECPublicKey key, Suites taken) throws JoseException {
        for (Suite suite : taken.all()) {
            if (suite.isCurveOf(key) && suite.hasPoint(key.getW())) {
                return new EcPublicKey(suite, key);
            }
        }
        throw notOnCurve(taken);
    }

    public Suite suite() {
        return suite;
    }

    /** Whether this key's owner signed {@code input}: r and s, 32 bytes each (RFC 7518 §3.4). */
    public boolean verifies(byte[] input, byte[] signature) {
        return suite.verify(javaKey, input, signature);
    }

    /** For {@code java.security} verifiers. */
    public ECPublicKey javaKey() {
        return javaKey;
    }

    /** The minimal JWK: kty, crv, x, y. */
    public Map<String, Object> toJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", suite.curve());
        jwk.put("x", coordinate(javaKey.getW().getAffineX()));
        jwk.put("y", coordinate(javaKey.getW().getAffineY()));
        return jwk;
    }

    /** The JWK thumbprint (RFC 7638), base64url of SHA-256. */
    public String thumbprint() {
        return Base64Url.encode(Sha256.of(Json.writeSorted(toJwk()).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EcPublicKey key
                && suite.equals(key.suite)
                && javaKey.getW().equals(key.javaKey.getW());
    }

    @Override
    public int hashCode() {
        return javaKey.getW().hashCode();
    }

    @Override
    public String toString() {
        return "EcPublicKey[" + thumbprint() + "]";
    }

    static String coordinate(BigInteger value) {
        byte[] fixed = new byte[COORDINATE_BYTES];
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64Url.encode(fixed);
    }

    static BigInteger coordinate(byte[] bytes) throws JoseException {
        if (bytes.length != COORDINATE_BYTES) {
            throw new JoseException("expected coordinates of 32 bytes");
        }
        return new BigInteger(1, bytes);
    }

    private static EcPublicKey of(Suite suite, BigInteger x, BigInteger y) throws JoseException {
        ECPoint point = new ECPoint(x, y);
        if (!suite.hasPoint(point)) {
            throw new JoseException("expected a point on " + suite.curve());
        }
        try {
            return new EcPublicKey(suite, suite.publicKey(point));
        } catch (GeneralSecurityException e) {
            throw new JoseException("expected a point on " + suite.curve(), e);
        }
    }

    private static JoseException notOnCurve(Suites taken) {
        return new JoseException("expected an EC key on the curve of " + taken);
    }
}
