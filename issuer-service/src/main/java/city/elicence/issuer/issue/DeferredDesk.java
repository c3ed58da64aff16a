package city.elicence.issuer.issue;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.type.PublishedTypes;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Gives what was asked for earlier and was not ready then (OpenID4VCI 1.0 §9). */
public final class DeferredDesk {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Store store;
    private final Issuing issuing;
    private final Suites suites;

    public DeferredDesk(
            Store store,
            Vault vault,
            TypeShelf types,
            PublishedTypes published,
            Addresses addresses,
            IssuerSettings settings) {
        this.store = store;
        this.suites = settings.suites();
        this.issuing = new Issuing(vault, types, published, addresses, settings);
    }

    public CredentialReply answer(Tenant tenant, Access access, String transactionId, Instant now) {
        if (!Secret.plausible(transactionId)) {
            throw unknown();
        }
        Digest transaction = new Secret(transactionId).digest();
        return store.transaction(rows -> {
            Row deferred =
                    rows.one("""
                            select * from deferred_request
                            where transaction = $1 and tenant = $2 and grant_id = $3 for update
                            """, transaction, tenant.id(), access.grant()).orElseThrow(DeferredDesk::unknown);
            Format format = Format.identifiedBy(deferred.getString("format")).orElseThrow();
            // A licence that was offered again since is another grant's.
            if (deferred.getOffsetDateTime("obtained_at") != null
                    || !access.licences().contains(format.named(deferred.getString("licence_id")))) {
                throw unknown();
            }
            return give(rows, tenant, access, format, deferred, transactionId, now);
        });
    }

    private CredentialReply give(
            Rows rows, Tenant tenant, Access access, Format format, Row deferred, String transactionId, Instant now) {
        Row offered =
                Issuing.locked(rows, tenant, access, new Issuing.Wanted(deferred.getString("licence_id"), format));
        if (offered.getOffsetDateTime("denied_at") != null) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED, "the authority decided not to issue this licence");
        }
        if (now.isBefore(Rows.instant(offered, "ready_at"))) {
            return new CredentialReply.Later(transactionId, ASK_AGAIN);
        }
        Access asked = new Access(
                Rows.digest(deferred, "access_token"),
                access.grant(),
                access.licences(),
                access.identified(),
                access.clientId(),
                access.dpop());
        CredentialReply reply =
                issuing.issue(rows, tenant, asked, format, offered, keys(deferred.getString("holder_keys")), now);
        rows.change(
                "update deferred_request set obtained_at = $2 where transaction = $1",
                Rows.bytes(deferred, "transaction"),
                now);
        return reply;
    }

    /** The keys that were proven when the licence was asked for, also where the authority takes their suite no longer. */
    private ProvenKeys keys(String json) {
        List<EcPublicKey> keys = new ArrayList<>();
        try {
            if (Json.parse(json) instanceof List<?> jwks) {
                for (Object jwk : jwks) {
                    keys.add(EcPublicKey.fromJwk(Json.asObject(jwk), suites));
                }
            }
        } catch (JsonException | JoseException unreadable) {
            throw new IllegalStateException("the keys of a deferred request do not read", unreadable);
        }
        return new ProvenKeys(keys, Set.of());
    }

    private static Refused unknown() {
        return Refused.credential(
                CredentialCode.INVALID_TRANSACTION_ID,
                "transaction_id: expected one of this issuer that is still open");
    }
}
