package city.elicence.verifier.response;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.RandomText;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Step 2. A wallet's post becomes the one response row of its request: decrypted with that request's own key, carrying
 * that request's own state, in time, and first. The next step reads the row.
 */
public final class Receiving {
    private final Pool pool;
    private final Addresses addresses;
    private final SealedColumn encryptionKeys;
    private final SealedColumn vpTokens;
    private final Clock clock;

    public Receiving(Pool pool, Addresses addresses, SealedColumn encryptionKeys, SealedColumn vpTokens, Clock clock) {
        this.encryptionKeys = encryptionKeys;
        this.pool = pool;
        this.addresses = addresses;
        this.vpTokens = vpTokens;
        this.clock = clock;
    }

    /** Takes a response in and says where the holder's browser goes next (OpenID4VP 1.0 §8.2). */
    public Received receive(String tenant, String id, WalletForm form) {
        Row request = open(tenant, id);
        Answer answer = answer(request, form);
        requireState(request.getString("state"), answer.state());
        String code = RandomText.of256Bits();
        int written = pool.preparedQuery("""
                        with taken as (
                          insert into check_response
                            (check_id, tenant, kind, sealed_vp_token, wallet_error, response_code_hash, received_at)
                          values ($1, $2, $3, $4, $5, $6, $7)
                          on conflict (check_id) do nothing returning check_id)
                        update check_request r set sealed_encryption_key = null, encryption_key = null
                        from taken where r.id = taken.check_id""")
                .execute(Tuple.of(
                        id,
                        tenant,
                        answer.token() == null ? "declined" : "presented",
                        answer.token() == null
                                ? null
                                : vpTokens.seal(
                                        tenant, id, Json.write(answer.token().byQuery())),
                        answer.error(),
                        RandomText.sha256(code),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .await()
                .rowCount();
        if (written == 0) {
            throw new CheckRefused(new Problem.AlreadyAnswered());
        }
        return new Received(id, comeBack(request, tenant, id, code));
    }

    private Row open(String tenant, String id) {
        for (Row row : pool.preparedQuery("""
                        select r.state, r.response_mode, r.id, r.tenant, r.sealed_encryption_key, r.encryption_key, r.return_to, r.expires_at,
                          exists (select 1 from check_response a where a.check_id = r.id) as answered
                        from check_request r where r.id = $1 and r.tenant = $2""").execute(Tuple.of(id, tenant)).await()) {
            if (row.getBoolean("answered")) {
                throw new CheckRefused(new Problem.AlreadyAnswered());
            }
            if (!clock.instant().isBefore(row.getOffsetDateTime("expires_at").toInstant())) {
                throw new CheckRefused(new Problem.Expired());
            }
            return row;
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    private Answer answer(Row request, WalletForm form) {
        boolean encrypted = request.getString("response_mode").equals("direct_post.jwt");
        return switch (form) {
            // §8.3.1: a wallet that cannot encrypt may send an error in clear.
            case WalletForm.Declined declined -> new Answer(null, declined.error(), declined.state());
            case WalletForm.Encrypted jwe when encrypted -> decrypt(jwe.jwe(), privateKey(request));
            case WalletForm.Plain plain when !encrypted -> new Answer(token(plain.vpToken()), null, plain.state());
            case WalletForm.Encrypted ignored ->
                throw new CheckRefused(new Problem.Malformed("response_mode is direct_post: vp_token and state"));
            case WalletForm.Plain ignored ->
                throw new CheckRefused(new Problem.Malformed("response_mode is direct_post.jwt: response"));
        };
    }

    private String privateKey(Row request) {
        return encryptionKeys
                .open(request, request.getString("tenant"), request.getString("id"))
                // In clear: a request that an older version made.
                .orElseGet(() -> request.getString("encryption_key"));
    }

    private static VpToken token(String json) {
        try {
            return VpToken.read(Json.parse(json));
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed("vp_token: JSON"));
        }
    }

    private static Answer decrypt(String jwe, String privateJwk) {
        SoftwareKey key;
        try {
            key = SoftwareKey.fromJwk(Json.parseObject(privateJwk));
        } catch (JsonException | JoseException unreadable) {
            throw new IllegalStateException("a request's encryption key cannot be read", unreadable);
        }
        try {
            Jwe opened = Jwe.decrypt(jwe, key);
            // §8.3: the key had a kid, so the header carries the same.
            if (!key.publicKey().thumbprint().equals(opened.header().get("kid"))) {
                throw new CheckRefused(new Problem.Undecryptable("kid: the one of this request's key"));
            }
            return answer(Fields.of(Json.parseObject(opened.payload())));
        } catch (JoseException e) {
            throw new CheckRefused(new Problem.Undecryptable("ECDH-ES to this request's key, A128GCM or A256GCM"));
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed("response: a JSON object inside the JWE"));
        }
    }

    private static Answer answer(Fields payload) throws JsonException {
        String state = payload.optString("state").orElse("");
        if (payload.has("error")) {
            return new Answer(null, WalletError.code(payload.string("error")), state);
        }
        return new Answer(VpToken.read(payload.map().get("vp_token")), null, state);
    }

    private static void requireState(String expected, String found) {
        if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8))) {
            throw new CheckRefused(new Problem.ForeignState());
        }
    }

    private URI comeBack(Row request, String tenant, String id, String code) {
        String own = request.getString("return_to");
        String address = own == null ? addresses.comeBack(tenant, id).toString() : own;
        return URI.create(address + (address.contains("?") ? "&" : "?") + "response_code=" + code);
    }

    /** A wallet's answer, decrypted: a token or an error, never both. */
    private record Answer(@Nullable VpToken token, @Nullable String error, String state) {}

    /** Taken in. The address carries the response code, which is nowhere else. */
    public record Received(String checkId, URI redirectUri) {}
}
