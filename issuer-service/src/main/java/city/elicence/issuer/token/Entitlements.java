package city.elicence.issuer.token;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.SubjectLine;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.tenant.UseOnceSecrets;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a citizen who has signed in may have: of each type asked for, the licence that a clerk ordered for this very citizen in
 * the offer that {@code issuer_state} names, or else what the authority's register knows of them.
 */
final class Entitlements {
    private final Vault vault;
    private final TypeShelf types;

    Entitlements(Vault vault, TypeShelf types) {
        this.vault = vault;
        this.types = types;
    }

    List<Authorized.Ordered> of(Rows rows, Tenant tenant, Citizen citizen, Pending pending, Instant now) {
        byte[] index = vault.blind(tenant.id(), citizen.number());
        List<Authorized.Ordered> licences = new ArrayList<>();
        for (String type : pending.types()) {
            Optional<String> offered =
                    pending.issuerState().flatMap(state -> offered(rows, tenant, index, state, type, now));
            offered.or(() -> fromRegister(rows, tenant, index, type, now))
                    .ifPresent(id -> licences.add(new Authorized.Ordered(id, type)));
        }
        return licences;
    }

    /** OpenID4VCI 1.0 §5.1.3: the state may have been injected, so the offer must be about the citizen who signed in. */
    private static Optional<String> offered(
            Rows rows, Tenant tenant, byte[] citizen, String issuerState, String type, Instant now) {
        if (!Secret.plausible(issuerState)) {
            return Optional.empty();
        }
        return rows.one("""
            select l.id from offered_licence l join offer o on o.id = l.offer_id
            where o.code = $1 and o.tenant = $2 and o.grant_kind = 'authorization' and o.expires_at > $3
                and l.type_id = $4 and l.search @> array[$5::bytea]
                and not exists (select 1 from access_grant g where l.id = any(g.licences))
            order by l.position limit 1
            """, new Secret(issuerState).digest(), tenant.id(), now, type, citizen)
                .map(row -> row.getString("id"));
    }

    private Optional<String> fromRegister(Rows rows, Tenant tenant, byte[] citizen, String typeId, Instant now) {
        Optional<Row> entry = rows.one(
                "select claims from register_entry where tenant = $1 and type_id = $2 and citizen = $3",
                tenant.id(),
                typeId,
                citizen);
        Optional<CredentialType> type = types.type(typeId);
        if (entry.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        String json = vault.open(tenant.id() + "/register/" + typeId, Rows.bytes(entry.get(), "claims"));
        return Optional.of(order(rows, tenant, type.get(), json, now));
    }

    /** Writes the licence-to-be, as a clerk's order would be. */
    private String order(Rows rows, Tenant tenant, CredentialType type, String json, Instant now) {
        Map<String, Object> claims;
        try {
            claims = UseOnceSecrets.addedTo(type, Json.parseObject(json));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("an entry of the register does not read", unreadable);
        }
        String id = Secret.freshName();
        rows.change(
                """
                insert into offered_licence
                    (id, tenant, offer_id, position, type_id, type_version, claims, subject, search, ready_at)
                values ($1, $2, null, 0, $3, $4, $5, $6, $7, $8)
                """,
                id,
                tenant.id(),
                type.id(),
                String.valueOf(type.version()),
                vault.seal(tenant.id() + "/claims/" + id, Json.write(claims)),
                vault.seal(tenant.id() + "/subject/" + id, SubjectLine.of(type, claims)),
                SubjectLine.index(vault, tenant.id(), type, claims),
                now);
        return id;
    }
}
