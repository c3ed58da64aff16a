package city.elicence.credentials.jose;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A public key on P-256, known to lie on the curve. Two are equal when their points are. Keep it: it holds the decoded key. */
public final class EcPublicKey {
    static final ECParameterSpec P256 = Curve.P_256.toECParameterSpec();
    private static final BigInteger PRIME = ((ECFieldFp) P256.getCurve().getField()).getP();
    private static final int COORDINATE_BYTES = 32;

    private final ECPublicKey javaKey;

    private EcPublicKey(ECPublicKey javaKey) {
        this.javaKey = javaKey;
    }

    /** The key of a JWK (RFC 7517, RFC 7518 §6.2); members other than kty, crv, x and y are ignored, private ones refused. */
    public static EcPublicKey fromJwk(Map<String, Object> jwk) throws JoseException {
        try {
            Fields fields = Fields.of(jwk);
            if (!"EC".equals(fields.string("kty")) || !"P-256".equals(fields.string("crv"))) {
                throw new JoseException("expected an EC key on P-256");
            }
            if (fields.has("d")) {
                throw new JoseException("expected a public key, found a private one");
            }
            return of(coordinate(fields.bytes("x")), coordinate(fields.bytes("y")));
        } catch (JsonException e) {
            throw new JoseException("expected a JWK on P-256: " + e.getMessage(), e);
        }
    }

    public static EcPublicKey of(ECPublicKey key) throws JoseException {
        ECParameterSpec params = key.getParams();
        if (params == null
                || !params.getCurve().equals(P256.getCurve())
                || !params.getGenerator().equals(P256.getGenerator())) {
            throw new JoseException("expected an EC key on P-256");
        }
        requireOnCurve(key.getW());
        return new EcPublicKey(key);
    }

    /** For {@code java.security} verifiers. */
    public ECPublicKey javaKey() {
        return javaKey;
    }

    /** The minimal JWK: kty, crv, x, y. */
    public Map<String, Object> toJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
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
        return other instanceof EcPublicKey key && javaKey.getW().equals(key.javaKey.getW());
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

    private static EcPublicKey of(BigInteger x, BigInteger y) throws JoseException {
        ECPoint point = new ECPoint(x, y);
        requireOnCurve(point);
        try {
            return new EcPublicKey(
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256)));
        } catch (GeneralSecurityException e) {
            throw new JoseException("expected a point on P-256", e);
        }
    }

    /** y² = x³ + ax + b; not every provider checks it, and a point off the curve leaks private keys in ECDH. */
    private static void requireOnCurve(ECPoint point) throws JoseException {
        if (ECPoint.POINT_INFINITY.equals(point)) {
            throw new JoseException("expected a point on P-256");
        }
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(2)
                .add(P256.getCurve().getA())
                .multiply(x)
                .add(P256.getCurve().getB());
        if (x.signum() < 0
                || y.signum() < 0
                || x.compareTo(PRIME) >= 0
                || y.compareTo(PRIME) >= 0
                || !y.pow(2).mod(PRIME).equals(right.mod(PRIME))) {
            throw new JoseException("expected a point on P-256");
        }
    }
}
