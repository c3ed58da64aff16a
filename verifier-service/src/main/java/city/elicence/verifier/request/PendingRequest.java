package city.elicence.verifier.request;

import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.CredentialSetQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request as its row has it, with what a wallet is told of it. */
record PendingRequest(
        String id,
        String tenant,
        String clientId,
        ClientIdPrefix prefix,
        ResponseMode mode,
        URI responseUri,
        String nonce,
        String state,
        String purpose,
        Map<String, Object> dcql,
        List<String> transactionData,
        @Nullable Map<String, Object> publicEncryptionKey,
        Instant createdAt,
        Instant expiresAt) {

    static final String COLUMNS = "id, tenant, client_id, response_mode, nonce, state, purpose, dcql, transaction_data,"
            + " sealed_encryption_key, encryption_key, created_at, expires_at";

    static PendingRequest read(Row row, Addresses addresses, SealedColumn encryptionKeys) {
        String id = row.getString("id");
        String tenant = row.getString("tenant");
        String clientId = row.getString("client_id");
        try {
            // In clear: a request that an older version made.
            String privateKey = encryptionKeys.open(row, tenant, id).orElseGet(() -> row.getString("encryption_key"));
            return new PendingRequest(
                    id,
                    tenant,
                    clientId,
                    ClientIdPrefix.ofClientId(clientId),
                    ResponseMode.of(row.getString("response_mode")).orElseThrow(),
                    addresses.response(tenant, id),
                    row.getString("nonce"),
                    row.getString("state"),
                    row.getString("purpose"),
                    Json.parseObject(row.getString("dcql")),
                    strings(row.getString("transaction_data")),
                    publicKey(privateKey),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("expires_at").toInstant());
        } catch (JsonException | JoseException unreadable) {
            throw new IllegalStateException("a request's row cannot be read", unreadable);
        }
    }

    /** Whether a wallet of these formats can give all that is required (OpenID4VP 1.0 §6.4.2). */
    boolean answerableIn(Set<String> formats) {
        try {
            DcqlQuery query = DcqlQuery.parse(dcql);
            Set<String> within = query.credentials().stream()
                    .filter(credential -> formats.contains(credential.format()))
                    .map(CredentialQuery::id)
                    .collect(Collectors.toSet());
            return query.credentialSets().isEmpty()
                    ? within.size() == query.credentials().size()
                    : query.credentialSets().stream()
                            .filter(CredentialSetQuery::required)
                            .allMatch(set -> set.options().stream().anyMatch(within::containsAll));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a request's query was read when it was made", unreadable);
        }
    }

    private static List<String> strings(@Nullable String json) throws JsonException {
        List<String> strings = new ArrayList<>();
        if (json != null && Json.parse(json) instanceof List<?> list) {
            list.forEach(item -> strings.add(String.valueOf(item)));
        }
        return strings;
    }

    /** OpenID4VP 1.0 §5.1, §8.3: {@code kid} and {@code alg} stand in the key. */
    private static @Nullable Map<String, Object> publicKey(@Nullable String privateJwk)
            throws JsonException, JoseException {
        if (privateJwk == null) {
            return null;
        }
        Map<String, Object> open = new LinkedHashMap<>(Json.parseObject(privateJwk));
        open.remove("d");
        EcPublicKey key = EcPublicKey.fromJwk(open);
        Map<String, Object> jwk = new LinkedHashMap<>(key.toJwk());
        jwk.put("kid", key.thumbprint());
        jwk.put("use", "enc");
        jwk.put("alg", "ECDH-ES");
        return jwk;
    }
}
