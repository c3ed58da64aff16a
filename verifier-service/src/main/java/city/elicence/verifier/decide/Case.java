package city.elicence.verifier.decide;

import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.verifier.secret.SealedColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided, as the rows of the first two steps have it.
 *
 * @param encryptionThumbprint of the key that the response was encrypted to, or null
 * @param walletError the wallet's error code when it declined, else null
 * @param presented presentations by credential query; empty when it declined
 */
record Case(
        String checkId,
        String tenant,
        Did relyingParty,
        String clientId,
        String nonce,
        DcqlQuery query,
        List<String> transactions,
        @Nullable String encryptionThumbprint,
        @Nullable String walletError,
        Map<String, List<String>> presented) {

    static Optional<Case> read(Pool pool, SealedColumn vpTokens, String checkId) {
        for (Row row : pool.preparedQuery("""
                        select r.id, r.tenant, t.did, r.client_id, r.nonce, r.dcql, r.transaction_data,
                          r.encryption_thumbprint,
                          a.wallet_error, a.sealed_vp_token, a.vp_token
                        from check_response a
                        join check_request r on r.id = a.check_id
                        join tenant t on t.name = r.tenant
                        where a.check_id = $1 and not a.decided""").execute(Tuple.of(checkId)).await()) {
            return Optional.of(read(row, vpTokens));
        }
        return Optional.empty();
    }

    private static Case read(Row row, SealedColumn vpTokens) {
        try {
            String transactions = row.getString("transaction_data");
            String id = row.getString("id");
            String tenant = row.getString("tenant");
            // In clear: an answer that an older version took in.
            String token = vpTokens.open(row, tenant, id).orElseGet(() -> row.getString("vp_token"));
            return new Case(
                    id,
                    tenant,
                    Did.parse(row.getString("did")),
                    row.getString("client_id"),
                    row.getString("nonce"),
                    DcqlQuery.parse(row.getString("dcql")),
                    transactions == null ? List.of() : strings(Json.parse(transactions)),
                    row.getString("encryption_thumbprint"),
                    row.getString("wallet_error"),
                    token == null ? Map.of() : presented(Json.parseObject(token)));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a response's row cannot be read", unreadable);
        }
    }

    private static Map<String, List<String>> presented(Map<String, Object> token) {
        Map<String, List<String>> presented = new LinkedHashMap<>();
        token.forEach((id, list) -> presented.put(id, strings(list)));
        return presented;
    }

    private static List<String> strings(@Nullable Object json) {
        List<String> strings = new ArrayList<>();
        if (json instanceof List<?> list) {
            list.forEach(item -> strings.add((String) item));
        }
        return strings;
    }

    /** Never what was presented. */
    @Override
    public String toString() {
        return "Case[" + checkId + "]";
    }
}
