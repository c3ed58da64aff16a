package city.elicence.credentials.jose;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JWE in compact serialization (RFC 7516 §3.1), decrypted: ECDH-ES on P-256 with A128GCM or A256GCM (HAIP 1.0 §5). Compression
 * ({@code zip}) is neither written nor read, so that a small message cannot become a large one.
 */
public final class Jwe {
    public static final int MAX_LENGTH = 1 << 20;

    private final Map<String, Object> header;
    private final byte[] payload;

    private Jwe(Map<String, Object> header, byte[] payload) {
        this.header = header;
        this.payload = payload;
    }

    /** Encrypts to {@code key}. The header may hold kid, apu, apv, typ, cty and enc; alg is ECDH-ES, enc A128GCM unless given. */
    public static String encrypt(byte[] payload, Map<String, Object> header, EcPublicKey key) {
        Map<String, Object> complete = new LinkedHashMap<>();
        complete.put("alg", "ECDH-ES");
        complete.put("enc", "A128GCM");
        complete.putAll(header);
        try {
            JWEHeader parsed = JWEHeader.parse(Json.write(complete));
            requireSupported(parsed);
            JWEObject jwe = new JWEObject(parsed, new Payload(payload));
            jwe.encrypt(new ECDHEncrypter(key.javaKey()));
            return jwe.serialize();
        } catch (ParseException | JoseException e) {
            throw new IllegalArgumentException("expected a JWE header for ECDH-ES", e);
        } catch (JOSEException e) {
            throw new IllegalStateException("this platform cannot encrypt by ECDH-ES", e);
        }
    }

    /** Decrypts what a stranger sent; whatever its header makes the library throw, it is not encrypted to this key. */
    public static Jwe decrypt(String compact, SoftwareKey key) throws JoseException {
        if (compact.length() > MAX_LENGTH) {
            throw new JoseException("expected a JWE of at most " + MAX_LENGTH + " characters");
        }
        try {
            JWEObject jwe = JWEObject.parse(compact);
            requireSupported(jwe.getHeader());
            jwe.decrypt(new ECDHDecrypter(key.javaKey()));
            return new Jwe(
                    Json.parseObject(jwe.getHeader().toString()),
                    jwe.getPayload().toBytes());
        } catch (ParseException | JOSEException | JsonException | RuntimeException e) {
            throw new JoseException("expected a JWE encrypted to this key", e);
        }
    }

    public Map<String, Object> header() {
        return header;
    }

    public byte[] payload() {
        return payload.clone();
    }

    /** The payload as a JSON object. */
    public Map<String, Object> claims() throws JoseException {
        try {
            return Json.parseObject(payload);
        } catch (JsonException e) {
            throw new JoseException("expected a JSON object as payload: " + e.getMessage(), e);
        }
    }

    private static void requireSupported(JWEHeader header) throws JoseException {
        if (!JWEAlgorithm.ECDH_ES.equals(header.getAlgorithm())) {
            throw new JoseException("alg: expected ECDH-ES");
        }
        EncryptionMethod method = header.getEncryptionMethod();
        if (!EncryptionMethod.A128GCM.equals(method) && !EncryptionMethod.A256GCM.equals(method)) {
            throw new JoseException("enc: expected A128GCM or A256GCM");
        }
        if (header.getCompressionAlgorithm() != null) {
            throw new JoseException("zip: expected no compression");
        }
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            throw new JoseException("crit: expected no critical extensions");
        }
    }

    @Override
    public String toString() {
        return "Jwe[" + payload.length + " bytes]";
    }
}
