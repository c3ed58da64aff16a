package city.elicence.issuer.issue;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.issue.Issuing.Wanted;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.proof.Spent;
import city.elicence.issuer.refusal.Problem;
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
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers credential requests. What a wallet is told it has is on disk before it is told: asked again with the same access
 * token and the same keys, the desk gives the same credentials until the wallet says that it has them.
 */
public final class CredentialDesk {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Store store;
    private final TypeShelf types;
    private final Addresses addresses;
    private final IssuerSettings.Limits limits;
    private final KeyProofs proofs;
    private final ServerNonces nonces;
    private final Issuing issuing;

    public CredentialDesk(
            Store store,
            Vault vault,
            TypeShelf types,
            PublishedTypes published,
            Addresses addresses,
            IssuerSettings settings,
            ServerNonces nonces,
            Supplier<Collection<TrustAnchor>> walletProviders) {
        this.store = store;
        this.types = types;
        this.addresses = addresses;
        this.limits = settings.limits();
        this.nonces = nonces;
        this.proofs = new KeyProofs(nonces, new KeyAttestations(walletProviders));
        this.issuing = new Issuing(vault, types, published, addresses, settings);
    }

    /** A {@code c_nonce} (OpenID4VCI 1.0 §7.2). */
    public String nonce(Tenant tenant, Instant now) {
        return nonces.issue(ServerNonces.Purpose.KEY_PROOF, tenant.id(), now);
    }

    /** The request's form; what it asks for is not looked at yet. */
    public CredentialRequest read(Map<String, Object> json) {
        return CredentialRequest.read(json, limits.batchSize());
    }

    public CredentialReply answer(Tenant tenant, Access access, CredentialRequest request, Instant now) {
        Wanted wanted = askedFor(tenant, access, request);
        ProvenKeys keys = proofs.check(
                request,
                new KeyProofs.Expected(
                        tenant.id(),
                        addresses.issuer(tenant.id()),
                        access.clientId(),
                        limits.batchSize(),
                        tenant.suites(wanted.format())),
                now);
        return store.transaction(rows -> {
            spend(rows, tenant, keys, now);
            return give(rows, tenant, access, wanted, keys, now);
        });
    }

    /** §8.2: which licence-to-be is meant, among those this token is for. */
    private Wanted askedFor(Tenant tenant, Access access, CredentialRequest request) {
        String identifier = request.identifier();
        if (identifier != null) {
            if (!access.identified() || !access.licences().contains(identifier)) {
                throw Refused.credential(
                        CredentialCode.UNKNOWN_CREDENTIAL_IDENTIFIER,
                        "credential_identifier: expected one from the token response");
            }
            return Wanted.named(identifier);
        }
        String configuration = String.valueOf(request.configuration());
        boolean known = types.configurations(tenant).stream().anyMatch(c -> c.id().equals(configuration));
        if (!known) {
            throw Refused.credential(
                    CredentialCode.UNKNOWN_CREDENTIAL_CONFIGURATION,
                    "credential_configuration_id: expected one from this issuer's metadata");
        }
        if (access.identified()) {
            throw Refused.credential(
                    CredentialCode.INVALID_CREDENTIAL_REQUEST,
                    "expected credential_identifier, since the token response had credential_identifiers");
        }
        Format format = Format.of(configuration);
        List<String> allowed = access.licences().stream()
                .filter(each -> Format.of(each) == format)
                .map(Format::base)
                .toList();
        return store.direct()
                .one(
                        "select id from offered_licence where id = any($1) and type_id = $2 and tenant = $3",
                        allowed,
                        Format.base(configuration),
                        tenant.id())
                .map(row -> new Wanted(row.getString("id"), format))
                .orElseThrow(() -> new Refused(new Problem.Access(
                        Problem.Access.AccessCode.INSUFFICIENT_SCOPE,
                        access.dpop(),
                        "this access token is not for the requested credential")));
    }

    /** Each nonce counts once, whatever becomes of the request that carries it. */
    private void spend(Rows rows, Tenant tenant, ProvenKeys keys, Instant now) {
        for (String nonce : keys.nonces()) {
            if (!Spent.firstUse(rows, "c_nonce", tenant.id() + "\n" + nonce, now.plus(limits.nonceLife()))) {
                throw Refused.credential(CredentialCode.INVALID_NONCE, "nonce: it was used before; get a new one");
            }
        }
    }

    private CredentialReply give(Rows rows, Tenant tenant, Access access, Wanted wanted, ProvenKeys keys, Instant now) {
        Row offered = Issuing.locked(rows, tenant, access, wanted);
        Optional<CredentialReply> before = issuing.again(rows, tenant, access, wanted, keys);
        if (before.isPresent()) {
            return before.get();
        }
        if (offered.getOffsetDateTime("denied_at") != null) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED, "the authority decided not to issue this licence");
        }
        if (now.isBefore(Rows.instant(offered, "ready_at"))) {
            return defer(rows, tenant, access, wanted, keys, now);
        }
        return issuing.issue(rows, tenant, access, wanted.format(), offered, keys, now);
    }

    private CredentialReply defer(
            Rows rows, Tenant tenant, Access access, Wanted wanted, ProvenKeys keys, Instant now) {
        Secret transaction = Secret.fresh();
        List<Map<String, Object>> jwks =
                keys.keys().stream().map(EcPublicKey::toJwk).toList();
        // Asked again before the licence is ready: the newest transaction stands, the one before is void.
        rows.change(
                "delete from deferred_request where access_token = $1 and licence_id = $2 and format = $3",
                access.token(),
                wanted.licence(),
                wanted.format().identifier());
        rows.change(
                """
                insert into deferred_request
                    (transaction, tenant, licence_id, grant_id, access_token, holder_keys, asked_at, format)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                transaction.digest(),
                tenant.id(),
                wanted.licence(),
                access.grant(),
                access.token(),
                Json.write(jwks),
                now,
                wanted.format().identifier());
        return new CredentialReply.Later(transaction.text(), ASK_AGAIN);
    }
}
