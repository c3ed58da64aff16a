package city.elicence.issuer.http;

import city.elicence.issuer.anchor.AnchoringState;
import city.elicence.issuer.anchor.Receipts;
import city.elicence.issuer.anchor.RevocationReceipts;
import city.elicence.issuer.approve.Acts;
import city.elicence.issuer.approve.Proposals;
import city.elicence.issuer.citizen.CitizenSignIn;
import city.elicence.issuer.citizen.CounterSignIn;
import city.elicence.issuer.client.ClientAuthentication;
import city.elicence.issuer.client.Clients;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.http.desk.ActRoutes;
import city.elicence.issuer.http.desk.ApplicationRoutes;
import city.elicence.issuer.http.desk.DeskRoutes;
import city.elicence.issuer.http.desk.RegisterRoutes;
import city.elicence.issuer.issue.AccessCheck;
import city.elicence.issuer.issue.CredentialDesk;
import city.elicence.issuer.issue.DeferredDesk;
import city.elicence.issuer.issue.NotificationDesk;
import city.elicence.issuer.offer.BulkDesk;
import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.registry.CitizenRegister;
import city.elicence.issuer.registry.IssuerMetadata;
import city.elicence.issuer.registry.ServerMetadata;
import city.elicence.issuer.status.LicenceList;
import city.elicence.issuer.status.SecondPerson;
import city.elicence.issuer.status.StatusPublisher;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.token.AuthorizationDesk;
import city.elicence.issuer.token.TokenDesk;
import city.elicence.issuer.type.PublishedTypes;
import city.elicence.web.HttpRefusal;
import city.elicence.web.Pages;
import city.elicence.web.StaffDoor;
import city.elicence.web.WalletsInBrowsers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** All addresses of the issuer service. */
public final class IssuerRoutes {
    private static final List<String> FOR_WALLETS = List.of(
            "/.well-known/*",
            "/:tenant/par",
            "/:tenant/token",
            "/:tenant/challenge",
            "/:tenant/jwks",
            "/:tenant/emblem.png",
            "/:tenant/nonce",
            "/:tenant/credential",
            "/:tenant/deferred_credential",
            "/:tenant/notification",
            "/:tenant/offers/*",
            "/:tenant/receipts",
            "/:tenant/status",
            "/:tenant/status/*",
            "/types/*");

    private static final List<String> POST_ALONE = List.of(
            "/:tenant/par",
            "/:tenant/token",
            "/:tenant/challenge",
            "/:tenant/nonce",
            "/:tenant/credential",
            "/:tenant/deferred_credential",
            "/:tenant/notification",
            "/:tenant/receipts");

    private IssuerRoutes() {}

    /** What the routes let act. */
    public record Parts(
            Tenants tenants,
            TypeShelf types,
            PublishedTypes published,
            Addresses addresses,
            IssuerMetadata issuerMetadata,
            ServerMetadata serverMetadata,
            OfferDesk offers,
            Store store,
            DpopProofs proofs,
            ServerNonces nonces,
            ClientAuthentication clients,
            AuthorizationDesk authorization,
            CitizenSignIn signIn,
            CounterSignIn counter,
            CitizenRegister register,
            Clients registeredClients,
            TokenDesk tokens,
            AccessCheck access,
            CredentialDesk credentials,
            DeferredDesk deferred,
            NotificationDesk notifications,
            StatusPublisher publisher,
            SecondPerson status,
            BulkDesk bulk,
            ZoneId zone,
            LicenceList licences,
            Receipts receipts,
            AnchoringState anchoring,
            Proposals proposals,
            Acts acts,
            EvidenceDesk evidence,
            RevocationReceipts revocationReceipts,
            Clock clock) {}

    /** What a client calls that proves who it is by the certificate of its connection (RFC 8705 §5), at a base of its own. */
    public static void mountForCertificates(Router router, Parts p, Addresses here) {
        ClientHeaders headers = new ClientHeaders(p.store(), p.proofs(), p.nonces(), here);
        authorization(p, headers).mountPush(router);
        new TokenRoutes(p.tenants(), p.clients(), headers, p.tokens(), p.clock()).mount(router);
    }

    private static AuthorizationRoutes authorization(Parts p, ClientHeaders headers) {
        return new AuthorizationRoutes(
                p.tenants(),
                p.types(),
                p.addresses(),
                p.clients(),
                headers,
                p.authorization(),
                p.evidence(),
                p.signIn(),
                p.clock());
    }

    /** Adds every route; staff sign-in among them. */
    public static void mount(Router router, Parts p, StaffDoor staff) {
        WalletsInBrowsers.admit(router, FOR_WALLETS);
        OpenApi.mount(router);
        new MetadataRoutes(p.tenants(), p.types(), p.published(), p.issuerMetadata(), p.serverMetadata(), p.clock())
                .mount(router);
        new ApplicationRoutes(p.tenants(), p.addresses(), staff, p.evidence(), p.acts(), p.clock()).mount(router);
        new ActRoutes(
                        p.tenants(),
                        p.addresses(),
                        staff,
                        p.offers(),
                        p.acts(),
                        p.proposals(),
                        p.revocationReceipts(),
                        p.clock())
                .mount(router);
        new DeskRoutes(
                        p.tenants(),
                        p.types(),
                        p.addresses(),
                        staff,
                        p.offers(),
                        p.licences(),
                        p.status(),
                        p.anchoring(),
                        p.proposals(),
                        p.clock())
                .mount(router);
        new BulkRoutes(p.tenants(), staff, p.bulk(), p.licences(), p.zone(), p.clock()).mount(router);
        new OfferRoutes(p.tenants(), p.offers(), p.nonces(), p.clock()).mount(router);
        ClientHeaders headers = new ClientHeaders(p.store(), p.proofs(), p.nonces(), p.addresses());
        authorization(p, headers).mount(router);
        new RegisterRoutes(p.tenants(), staff, p.register(), p.counter(), p.registeredClients(), p.clock())
                .mount(router);
        new TokenRoutes(p.tenants(), p.clients(), headers, p.tokens(), p.clock()).mount(router);
        new CredentialRoutes(
                        p.tenants(),
                        p.access(),
                        p.credentials(),
                        p.deferred(),
                        p.notifications(),
                        p.nonces(),
                        p.addresses(),
                        p.clock())
                .mount(router);
        new StatusRoutes(p.tenants(), p.publisher(), p.receipts(), p.clock()).mount(router);
        POST_ALONE.forEach(address -> router.route(address).handler(IssuerRoutes::refuseMethod));
        Pages.mount(router, "pages/issuer", "issuer.html");
    }

    /** RFC 9126 §2.3, RFC 9110 §15.5.6: 405, with the methods that are taken; where pages are served, GET would be not found. */
    private static void refuseMethod(RoutingContext ctx) {
        throw new HttpRefusal(
                405, "invalid_request", "expected POST at this address", Map.of("Allow", "POST, OPTIONS"), Map.of());
    }
}
