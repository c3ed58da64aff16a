package city.elicence.issuer.token;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.client.Client;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of grants and tokens. */
final class Grants {
    private final IssuerSettings.Limits limits;

    Grants(IssuerSettings.Limits limits) {
        this.limits = limits;
    }

    Duration accessTokenLife() {
        return limits.accessTokenLife();
    }

    /**
     * Revokes whatever a code was already used for. RFC 6749 §4.1.2: the server should revoke all tokens issued from a code
     * that is used twice. Who obtains something by one of them at this moment is waited for; nobody does so afterwards.
     *
     * @return whether the code was used before
     */
    boolean revokeIfUsed(Rows rows, Digest code, Instant now) {
        return rows.change("update access_grant set revoked_at = coalesce(revoked_at, $2) where code = $1", code, now)
                > 0;
    }

    /** Writes the grant and its first tokens. */
    TokenResponse open(
            Rows rows, Tenant tenant, Authorized authorized, Client client, @Nullable String dpopKey, Instant now) {
        String grant = Secret.freshName();
        rows.change(
                """
                insert into access_grant
                    (id, tenant, code, offer_id, client_id, client_proof, dpop_jkt, licences, identified, scope,
                     created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                grant,
                tenant.id(),
                authorized.code(),
                authorized.offer(),
                client.name().orElse(null),
                client.proof().orElse(null),
                dpopKey,
                authorized.ids(),
                authorized.identified(),
                authorized.scope(),
                now);
        Secret refresh = refreshToken(rows, tenant, grant, client, dpopKey, now);
        Map<String, List<String>> identifiers =
                authorized.identified() ? Authorized.byType(authorized.licences()) : Map.of();
        return new TokenResponse(
                accessToken(rows, tenant, grant, now),
                dpopKey != null,
                limits.accessTokenLife(),
                refresh,
                authorized.scope(),
                identifiers);
    }

    Secret accessToken(Rows rows, Tenant tenant, String grant, Instant now) {
        Secret token = Secret.fresh();
        rows.change(
                "insert into access_token (token, tenant, grant_id, expires_at) values ($1, $2, $3, $4)",
                token.digest(),
                tenant.id(),
                grant,
                now.plus(limits.accessTokenLife()));
        return token;
    }

    /** RFC 9700 §4.14.2: a refresh token is bound to a key or to a client that proves who it is, or there is none. */
    private @Nullable Secret refreshToken(
            Rows rows, Tenant tenant, String grant, Client client, @Nullable String dpopKey, Instant now) {
        if (dpopKey == null && !(client instanceof Client.Authenticated)) {
            return null;
        }
        Secret token = Secret.fresh();
        rows.change(
                "insert into refresh_token (token, tenant, grant_id, expires_at) values ($1, $2, $3, $4)",
                token.digest(),
                tenant.id(),
                grant,
                now.plus(limits.refreshTokenLife()));
        return token;
    }
}
