package city.elicence.wallet.company;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.Map;

/**
 * That a phone has the key that is to speak for a person: signed by that key, with the code that the person was shown.
 *
 * @param audience the company at its wallet service
 */
public record PairingProof(String audience, String code, EcPublicKey key) {
    public static final String TYPE = "company-phone+jwt";

    static String sign(String audience, String code, SigningKey key, Instant at) {
        return Jws.sign(
                Map.of("alg", "ES256", "typ", TYPE, "jwk", key.publicKey().toJwk()),
                Map.of("aud", audience, "code", code, "iat", at.getEpochSecond()),
                key);
    }

    /** Reads a proof that is signed by the key in it. */
    public static PairingProof read(String compact) throws JoseException, JsonException {
        Jws jws = Jws.parse(compact);
        EcPublicKey key = EcPublicKey.fromJwk(Fields.of(jws.header()).object("jwk"));
        if (jws.type().filter(TYPE::equals).isEmpty() || !jws.verifiedBy(key)) {
            throw new JoseException("expected a proof signed by the key in it");
        }
        Fields claims = Fields.of(jws.claims());
        return new PairingProof(claims.string("aud"), claims.string("code"), key);
    }
}
