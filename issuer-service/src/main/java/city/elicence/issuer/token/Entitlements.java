package city.elicence.issuer.token;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.order.Order;
import city.elicence.issuer.order.Orders;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.tenant.UseOnceSecrets;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a citizen who has signed in may have: of each type asked for, the licence that a clerk ordered for this very citizen in
 * the offer that {@code issuer_state} names, or else what the authority's register knows of them.
 */
final class Entitlements {
    private final Vault vault;
    private final TypeShelf types;
    private final Orders orders;

    Entitlements(Vault vault, TypeShelf types, Orders orders) {
        this.vault = vault;
        this.types = types;
        this.orders = orders;
    }

    /**
     * What a citizen may have of one type.
     *
     * @param formats in which it was asked for: in two formats it is one licence, revoked once and in both
     * @param offered the licence that a clerk ordered, or null where it comes from the register
     */
    record Entitlement(
            CredentialType type,
            List<Format> formats,
            @Nullable String offered,
            Map<String, Object> claims) {}

    List<Entitlement> of(Rows rows, Tenant tenant, Citizen citizen, Pending pending, Instant now) {
        byte[] index = vault.blind(tenant.id(), citizen.number());
        List<Entitlement> entitlements = new ArrayList<>();
        Map<String, List<Format>> asked = new LinkedHashMap<>();
        for (String configuration : pending.types()) {
            asked.computeIfAbsent(Format.base(configuration), type -> new ArrayList<>())
                    .add(Format.of(configuration));
        }
        asked.forEach((id, formats) -> types.type(id)
                .ifPresent(type -> pending.issuerState()
                        .flatMap(state -> offered(rows, tenant, index, state, type, formats, now))
                        .or(() -> fromRegister(rows, tenant, index, type, formats))
                        .ifPresent(entitlements::add)));
        return entitlements;
    }

    /** Writes the licence-to-be where no clerk has written it. */
    List<Authorized.Ordered> order(Rows rows, Tenant tenant, Entitlement entitlement, Instant now) {
        CredentialType type = entitlement.type();
        String id = entitlement.offered();
        if (id == null) {
            Map<String, Object> claims = UseOnceSecrets.addedTo(type, entitlement.claims());
            id = orders.write(rows, tenant, new Order(null, 0, type, claims, now, "citizen", null, List.of()), now);
        }
        String licence = id;
        return entitlement.formats().stream()
                .map(format -> Authorized.Ordered.of(licence, type.id(), format))
                .toList();
    }

    /** OpenID4VCI 1.0 §5.1.3: the state may have been injected, so the offer must be about the citizen who signed in. */
    private Optional<Entitlement> offered(
            Rows rows,
            Tenant tenant,
            byte[] citizen,
            String issuerState,
            CredentialType type,
            List<Format> formats,
            Instant now) {
        if (!Secret.plausible(issuerState)) {
            return Optional.empty();
        }
        return rows.one("""
            select l.id, l.claims from offered_licence l join offer o on o.id = l.offer_id
            where o.code = $1 and o.tenant = $2 and o.grant_kind = 'authorization' and o.expires_at > $3
                and l.type_id = $4 and l.search @> array[$5::bytea]
                and not exists (select 1 from access_grant g where array[l.id, l.id || '.mdoc'] && g.licences)
            order by l.position limit 1
            """, new Secret(issuerState).digest(), tenant.id(), now, type.id(), citizen)
                .map(row -> new Entitlement(
                        type,
                        formats,
                        row.getString("id"),
                        opened(tenant.id() + "/claims/" + row.getString("id"), Rows.bytes(row, "claims"))));
    }

    private Optional<Entitlement> fromRegister(
            Rows rows, Tenant tenant, byte[] citizen, CredentialType type, List<Format> formats) {
        return rows.one(
                        "select claims from register_entry where tenant = $1 and type_id = $2 and citizen = $3",
                        tenant.id(),
                        type.id(),
                        citizen)
                .map(row -> new Entitlement(
                        type,
                        formats,
                        null,
                        opened(tenant.id() + "/register/" + type.id(), Rows.bytes(row, "claims"))));
    }

    private Map<String, Object> opened(String place, byte[] sealed) {
        try {
            return Json.parseObject(vault.open(place, sealed));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("the claims of a licence do not read", unreadable);
        }
    }
}
