package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A key binding JWT (RFC 9901 §4.3): the holder's signature over what is shown, for whom, and when. */
public final class KeyBinding {
    public static final String TYPE = "kb+jwt";

    private final Jws jws;
    private final Map<String, Object> claims;
    private final String nonce;
    private final String audience;
    private final Instant issuedAt;
    private final Optional<Instant> begins;
    private final Optional<Instant> expires;
    private final String sdHash;

    private KeyBinding(Jws jws, Map<String, Object> claims) throws JsonException {
        Fields fields = Fields.of(claims);
        this.jws = jws;
        this.claims = claims;
        this.nonce = fields.string("nonce");
        this.audience = fields.string("aud");
        this.issuedAt = fields.instant("iat");
        this.begins = fields.optInstant("nbf");
        this.expires = fields.optInstant("exp");
        this.sdHash = fields.string("sd_hash");
    }

    /** The key binding JWT of an SD-JWT+KB, every required element in place (§4.3); its signature and truth are still to check. */
    public static KeyBinding of(SdJwt presented) throws SdJwtException {
        Optional<Jws> jwt = presented.keyBindingJws();
        if (!jwt.isPresent()) {
            throw new SdJwtException(SdJwtProblem.KEY_BINDING_MALFORMED, "expected a key binding JWT");
        }
        try {
            Jws jws = jwt.get();
            if (!TYPE.equals(jws.type().orElse(""))) {
                throw new SdJwtException(SdJwtProblem.KEY_BINDING_MALFORMED, "typ: expected " + TYPE);
            }
            return new KeyBinding(jws, jws.claims());
        } catch (JoseException | JsonException e) {
            throw new SdJwtException(SdJwtProblem.KEY_BINDING_MALFORMED, "key binding JWT: " + e.getMessage(), e);
        }
    }

    /**
     * Binds what is shown to one verifier and one moment. {@code more} are further claims, such as an anchor receipt or
     * transaction data; they cannot replace the five that the standard defines.
     */
    public static SdJwt sign(
            SdJwt shown, String nonce, String audience, Instant at, Map<String, Object> more, SigningKey holder)
            throws SdJwtException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.put("iat", at.getEpochSecond());
        claims.put("aud", audience);
        claims.put("nonce", nonce);
        claims.put("sd_hash", shown.hashAlgorithm().digest(shown.boundText()));
        return shown.with(Jws.signed(header, Json.write(claims), holder));
    }

    public boolean signedBy(EcPublicKey holder) {
        return jws.verifiedBy(holder);
    }

    /** Whether {@code sd_hash} covers exactly what is shown (§4.3.1). */
    public boolean covers(SdJwt shown) throws SdJwtException {
        return sdHash.equals(shown.hashAlgorithm().digest(shown.boundText()));
    }

    /** A digest of what was signed, by which a replay is known; not of the signature, of which a stranger can make a second form. */
    public String replayKey() {
        return HashAlgorithm.SHA_256.digest(jws.signingInput());
    }

    public String nonce() {
        return nonce;
    }

    public String audience() {
        return audience;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@code nbf} (RFC 7519 §4.1.5). Not required by the standard; when it is there, it counts. */
    public Optional<Instant> begins() {
        return begins;
    }

    /** {@code exp} (RFC 7519 §4.1.4); likewise. */
    public Optional<Instant> expires() {
        return expires;
    }

    public Map<String, Object> claims() {
        return claims;
    }

    public String compact() {
        return jws.compact();
    }
}
