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
        Secret transaction = new Secret(transactionId);
        return store.transaction(rows -> {
            Row request = rows.one("""
                            select licence_id, format from deferred_request
                            where transaction = $1 and tenant = $2 and grant_id = $3 and obtained_at is null
                            """, transaction.digest(), tenant.id(), access.grant())
                    .orElseThrow(DeferredDesk::unknown);
            Issuing.Wanted wanted = new Issuing.Wanted(
                    request.getString("licence_id"),
                    Format.identifiedBy(request.getString("format")).orElseThrow());
            // A licence that was offered again since is another grant's.
            if (!access.licences().contains(wanted.format().named(wanted.licence()))) {
                throw unknown();
            }
            return give(rows, tenant, access, wanted, transaction, now);
        });
    }

    private CredentialReply give(
            Rows rows, Tenant tenant, Access access, Issuing.Wanted wanted, Secret transaction, Instant now) {
        Row offered = Issuing.locked(rows, tenant, access, wanted);
        // Only now, as whoever asks for the licence anew does: it may be void or obtained since it was found.
        Row deferred = rows.one(
                        "select * from deferred_request where transaction = $1 and obtained_at is null",
                        transaction.digest())
                .orElseThrow(DeferredDesk::unknown);
        if (offered.getOffsetDateTime("denied_at") != null) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED, "the authority decided not to issue this licence");
        }
        if (now.isBefore(Rows.instant(offered, "ready_at"))) {
            return new CredentialReply.Later(transaction.text(), ASK_AGAIN);
        }
        Access asked = new Access(
                Rows.digest(deferred, "access_token"),
                access.grant(),
                access.licences(),
                access.identified(),
                access.clientId(),
                access.dpop());
        CredentialReply reply = issuing.issue(
                rows, tenant, asked, wanted.format(), offered, keys(deferred.getString("holder_keys")), now);
        rows.change("update deferred_request set obtained_at = $2 where transaction = $1", transaction.digest(), now);
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
