package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.credentials.verify.party.RequestVerdict;
import city.elicence.credentials.verify.party.VerifiedParty;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A company's receipt inside the signature of the party that received: both say the same of purpose, fields and end, since there is but
 * one text. One object, held alike by who showed, who received, and who made the document. Only verifying makes one.
 */
public final class CountersignedReceipt {
    public static final String TYPE = "countersigned-receipt+jwt";

    private final String receipt;
    private final CompanyStatement statement;
    private final Instant receivedAt;

    private CountersignedReceipt(String receipt, CompanyStatement statement, Instant receivedAt) {
        this.receipt = receipt;
        this.statement = statement;
        this.receivedAt = receivedAt;
    }

    /** Signs as the party that received what the receipt says. */
    public static String sign(String receipt, Instant receivedAt, CertificateChain chain, SigningKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        header.put("x5c", chain.toX5c());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("receipt", receipt);
        claims.put("iat", receivedAt.getEpochSecond());
        return Jws.sign(header, claims, key);
    }

    /** Verifies both signatures, and that who countersigned is who the receipt says received. */
    public static CountersignedReceipt verify(String compact, TrustView trust, Instant now) throws RefusedException {
        try {
            Jws jws = Jws.parse(compact);
            if (!jws.type().filter(TYPE::equals).isPresent()) {
                throw new RefusedException(Refusal.MALFORMED, "typ: expected " + TYPE);
            }
            Fields claims = Fields.of(jws.claims());
            String receipt = claims.string("receipt");
            CompanyStatement statement = CompanyStatement.verify(receipt, CompanyStatement.RECEIPT, trust, now);
            VerifiedParty signer = signer(jws, trust, now);
            Object verifier = statement.claims().get("verifier");
            if (!signer.did().value().equals(verifier)) {
                throw new RefusedException(
                        Refusal.WRONG_AUDIENCE, "expected the signature of " + verifier + ", found " + signer.did());
            }
            return new CountersignedReceipt(receipt, statement, claims.instant("iat"));
        } catch (JoseException | JsonException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static VerifiedParty signer(Jws jws, TrustView trust, Instant now) throws RefusedException {
        RequestVerdict verdict = new RequestChecks().check(jws, List.of(), trust, now);
        if (verdict instanceof RequestVerdict.Refused refused) {
            throw new RefusedException(refused.refusal(), refused.detail());
        }
        return ((RequestVerdict.Allowed) verdict).party();
    }

    /** The company's own part, as the company signed it. */
    public String receipt() {
        return receipt;
    }

    /** What both say. */
    public CompanyStatement statement() {
        return statement;
    }

    public Instant receivedAt() {
        return receivedAt;
    }
}
