package city.elicence.credentials.cose;

import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A COSE_Key of type EC2 on P-256 (RFC 9053 §7.1.1). */
public final class CoseKey {
    private static final long KTY = 1;
    private static final long EC2 = 2;
    private static final long CRV = -1;
    private static final long P_256 = 1;
    private static final long X = -2;
    private static final long Y = -3;

    private CoseKey() {}

    /** The key as a CBOR tree. */
    public static Map<Object, Object> toCbor(EcPublicKey key) {
        if (!key.suite().equals(Suite.ES256)) {
            throw new IllegalArgumentException("expected a key on P-256");
        }
        Map<String, Object> jwk = key.toJwk();
        Map<Object, Object> cose = new LinkedHashMap<>();
        cose.put(KTY, EC2);
        cose.put(CRV, P_256);
        cose.put(X, coordinate(jwk, "x"));
        cose.put(Y, coordinate(jwk, "y"));
        return cose;
    }

    /** Reads a key; points off the curve, private keys and compressed points are refused. */
    public static EcPublicKey fromCbor(@Nullable Object tree) throws CborException {
        if (!(tree instanceof Map<?, ?> cose)
                || !Long.valueOf(EC2).equals(cose.get(KTY))
                || !Long.valueOf(P_256).equals(cose.get(CRV))
                || !(cose.get(X) instanceof byte[] x)
                || !(cose.get(Y) instanceof byte[] y)) {
            throw new CborException("expected a COSE key of type EC2 on P-256 with x and y");
        }
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        jwk.put("x", Base64Url.encode(x));
        jwk.put("y", Base64Url.encode(y));
        try {
            return EcPublicKey.fromJwk(jwk);
        } catch (JoseException e) {
            throw new CborException("expected a point on P-256", e);
        }
    }

    private static byte[] coordinate(Map<String, Object> jwk, String name) {
        try {
            return Base64Url.decode(String.valueOf(jwk.get(name)));
        } catch (JsonException e) {
            throw new IllegalStateException("a key has its coordinates", e);
        }
    }
}
