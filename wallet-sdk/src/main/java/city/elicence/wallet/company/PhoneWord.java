package city.elicence.wallet.company;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a person's phone says to a company's wallet, signed by a key that only its holder's finger releases. It names the wallet that
 * it is for, the request, who asks, and the acts that were read on the screen: an answer to one question is none to another.
 *
 * @param audience the company at its wallet service: {@code https://…/zhizao}
 * @param phone the identifier that the service gave the phone
 * @param verifier who asks
 * @param acts the request's {@code transaction_data}, each as it was read
 */
public record PhoneWord(
        String audience, String phone, String request, boolean agreed, String verifier, List<String> acts, Instant at) {
    public static final String TYPE = "company-decision+jwt";

    public PhoneWord {
        acts = List.copyOf(acts);
    }

    String sign(SigningKey key) {
        return Jws.sign(
                Map.of("alg", "ES256", "typ", TYPE),
                Map.of(
                        "aud", audience,
                        "sub", phone,
                        "request", request,
                        "decision", agreed ? "approve" : "deny",
                        "verifier", verifier,
                        "acts", acts,
                        "iat", at.getEpochSecond()),
                key);
    }

    /** Reads a word that this key has signed. */
    public static PhoneWord read(String compact, EcPublicKey key) throws JoseException, JsonException {
        Jws jws = Jws.parse(compact);
        if (jws.type().filter(TYPE::equals).isEmpty() || !jws.verifiedBy(key)) {
            throw new JoseException("expected a word of this phone's own key");
        }
        Fields claims = Fields.of(jws.claims());
        String decision = claims.string("decision");
        if (!decision.equals("approve") && !decision.equals("deny")) {
            throw new JsonException("decision: expected approve or deny");
        }
        return new PhoneWord(
                claims.string("aud"),
                claims.string("sub"),
                claims.string("request"),
                decision.equals("approve"),
                claims.string("verifier"),
                claims.strings("acts"),
                claims.instant("iat"));
    }
}
