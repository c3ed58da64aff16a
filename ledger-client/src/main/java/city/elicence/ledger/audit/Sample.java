package city.elicence.ledger.audit;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Did;
import java.time.Instant;

/**
 * A credential that an auditor was given, with its receipt. The issuer's signature is not looked at: that the issuer logged just
 * this text is what the receipt says.
 *
 * @param receipt its place in the issuer's log
 * @param issuerSignedJwt the text that was logged
 * @param vct its type
 * @param issuedAt when it says it was issued
 */
public record Sample(Receipt receipt, String issuerSignedJwt, String vct, Instant issuedAt) {

    /** Reads type and time from the credential's own text. */
    public static Sample of(Receipt receipt, String issuerSignedJwt) throws JsonException {
        String[] parts = issuerSignedJwt.split("\\.", -1);
        if (parts.length != 3) {
            throw new JsonException("expected a JWT of three parts");
        }
        Fields claims = Fields.of(Json.parseObject(Base64Url.decode(parts[1])));
        Did.parse(receipt.log());
        return new Sample(receipt, issuerSignedJwt, claims.string("vct"), claims.instant("iat"));
    }

    /** The issuer whose log it is in. */
    public Did issuer() {
        return new Did(receipt.log());
    }
}
