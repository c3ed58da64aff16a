package city.elicence.issuer.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.issue.Access;
import city.elicence.issuer.issue.AccessCheck;
import city.elicence.issuer.issue.CredentialDesk;
import city.elicence.issuer.issue.CredentialReply;
import city.elicence.issuer.issue.DeferredDesk;
import city.elicence.issuer.issue.NotificationDesk;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Nonce, credential, deferred credential and notification endpoints (OpenID4VCI 1.0 §7, §8, §9, §11). */
final class CredentialRoutes {
    private final Tenants tenants;
    private final AccessCheck access;
    private final CredentialDesk credentials;
    private final DeferredDesk deferred;
    private final NotificationDesk notifications;
    private final ServerNonces nonces;
    private final Addresses addresses;
    private final Clock clock;

    CredentialRoutes(
            Tenants tenants,
            AccessCheck access,
            CredentialDesk credentials,
            DeferredDesk deferred,
            NotificationDesk notifications,
            ServerNonces nonces,
            Addresses addresses,
            Clock clock) {
        this.tenants = tenants;
        this.access = access;
        this.credentials = credentials;
        this.deferred = deferred;
        this.notifications = notifications;
        this.nonces = nonces;
        this.addresses = addresses;
        this.clock = clock;
    }

    void mount(Router router) {
        router.post("/:tenant/nonce").handler(Exchange.route(this::nonce));
        router.post("/:tenant/credential").handler(Exchange.route(this::credential));
        router.post("/:tenant/deferred_credential").handler(Exchange.route(this::deferred));
        router.post("/:tenant/notification").handler(Exchange.route(this::notification));
    }

    private void nonce(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        dpopNonce(x, tenant, now);
        x.reply(200, Map.of("c_nonce", credentials.nonce(tenant, now)));
    }

    private void credential(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Access admitted = admit(x, tenant, "credential", now);
        SealedExchange sealed = SealedExchange.read(x, tenant);
        CredentialReply reply = credentials.answer(tenant, admitted, credentials.read(sealed.json()), now);
        sealed.reply(x, reply.status(), reply.toJson());
    }

    private void deferred(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Access admitted = admit(x, tenant, "deferred_credential", now);
        SealedExchange sealed = SealedExchange.read(x, tenant);
        String transaction;
        try {
            transaction = Fields.of(sealed.json()).string("transaction_id");
        } catch (JsonException malformed) {
            throw Refused.credential(CredentialCode.INVALID_CREDENTIAL_REQUEST, String.valueOf(malformed.getMessage()));
        }
        CredentialReply reply = deferred.answer(tenant, admitted, transaction, now);
        sealed.reply(x, reply.status(), reply.toJson());
    }

    private void notification(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Access admitted = admit(x, tenant, "notification", now);
        Map<String, Object> json =
                x.json(text -> Refused.credential(CredentialCode.INVALID_NOTIFICATION_REQUEST, text));
        notifications.hear(tenant, admitted, json, now);
        x.replyEmpty();
    }

    private Access admit(Exchange x, Tenant tenant, String endpoint, Instant now) {
        dpopNonce(x, tenant, now);
        return access.admit(
                tenant,
                new AccessCheck.Presented(
                        x.headers("Authorization"),
                        x.headers("DPoP"),
                        x.hasQuery("access_token"),
                        x.method(),
                        addresses.at(tenant.id(), endpoint)),
                now);
    }

    /** RFC 9449 §8.2: each answer brings the nonce for the next request. */
    private void dpopNonce(Exchange x, Tenant tenant, Instant now) {
        x.header("DPoP-Nonce", nonces.issue(ServerNonces.Purpose.DPOP, tenant.id(), now));
    }
}
