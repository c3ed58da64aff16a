package city.elicence.wallet.present;

import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a holder agrees to beside showing cards: OpenID4VP section 8.4, by the profile of appendix B.3.3.1.
 *
 * @param encoded as it came: the hash is over this
 * @param json for the holder's eyes
 * @param credentialIds the questions of which one answer authorises it
 * @param named whether the request named its hash algorithms, so that the answer has to
 */
record TransactionData(String encoded, String json, List<String> credentialIds, boolean named) {
    private static final int MOST = 16;

    TransactionData {
        credentialIds = List.copyOf(credentialIds);
    }

    String hash() {
        return Base64Url.encode(Sha256.of(encoded.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Section 5.1: a type that this wallet does not know, and anything malformed, refuses the whole request. */
    static List<TransactionData> read(Fields request, DcqlQuery query, Set<String> understood) throws RefusedException {
        if (!request.has("transaction_data")) {
            return List.of();
        }
        List<TransactionData> all = new ArrayList<>();
        try {
            List<String> encoded = request.strings("transaction_data");
            if (encoded.isEmpty() || encoded.size() > MOST) {
                throw new JsonException("transaction_data: expected 1 to " + MOST);
            }
            for (String one : encoded) {
                all.add(read(one, query, understood));
            }
        } catch (JsonException e) {
            throw new RefusedException(Reason.TRANSACTION_NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
        }
        return all;
    }

    private static TransactionData read(String encoded, DcqlQuery query, Set<String> understood) throws JsonException {
        Map<String, Object> json = Json.parseObject(Base64Url.decode(encoded));
        Fields fields = Fields.of(json);
        if (!understood.contains(fields.string("type"))) {
            throw new JsonException("transaction_data: a type that this wallet does not know");
        }
        List<String> ids = fields.strings("credential_ids");
        boolean bound = !ids.isEmpty();
        for (String id : ids) {
            bound &= query.credential(id)
                    .map(CredentialQuery::requireHolderBinding)
                    .orElse(false);
        }
        if (!bound) {
            throw new JsonException("credential_ids: expected questions that ask for holder binding");
        }
        boolean named = fields.has("transaction_data_hashes_alg");
        if (named && !fields.strings("transaction_data_hashes_alg").contains("sha-256")) {
            throw new JsonException("transaction_data_hashes_alg: expected sha-256 among them");
        }
        return new TransactionData(encoded, Json.write(json), ids, named);
    }
}
