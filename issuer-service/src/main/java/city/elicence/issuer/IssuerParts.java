package city.elicence.issuer;

import city.elicence.issuer.anchor.Anchoring;
import city.elicence.issuer.anchor.AnchoringState;
import city.elicence.issuer.anchor.Receipts;
import city.elicence.issuer.anchor.RevocationReceipts;
import city.elicence.issuer.approve.Acts;
import city.elicence.issuer.approve.Proposals;
import city.elicence.issuer.citizen.CitizenSignIn;
import city.elicence.issuer.citizen.CounterSignIn;
import city.elicence.issuer.citizen.IdentityProvider;
import city.elicence.issuer.citizen.ProviderSignIn;
import city.elicence.issuer.client.ClientAuthentication;
import city.elicence.issuer.client.Clients;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.http.IssuerRoutes;
import city.elicence.issuer.issue.AccessCheck;
import city.elicence.issuer.issue.CredentialDesk;
import city.elicence.issuer.issue.DeferredDesk;
import city.elicence.issuer.issue.NotificationDesk;
import city.elicence.issuer.offer.BulkDesk;
import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.order.Orders;
import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.registry.AccreditationWatch;
import city.elicence.issuer.registry.CitizenRegister;
import city.elicence.issuer.registry.IssuerMetadata;
import city.elicence.issuer.registry.Registry;
import city.elicence.issuer.registry.ServerMetadata;
import city.elicence.issuer.standing.ListSigner;
import city.elicence.issuer.standing.Standing;
import city.elicence.issuer.standing.TokenHistory;
import city.elicence.issuer.status.DatedAhead;
import city.elicence.issuer.status.LicenceList;
import city.elicence.issuer.status.SecondPerson;
import city.elicence.issuer.status.StatusDesk;
import city.elicence.issuer.status.StatusPublisher;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.token.AuthorizationDesk;
import city.elicence.issuer.token.TokenDesk;
import city.elicence.issuer.type.PublishedTypes;
import city.elicence.web.vault.Vault;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps, put together once. */
record IssuerParts(
        Store store,
        Registry registry,
        Tenants tenants,
        AccreditationWatch accreditation,
        StatusPublisher publisher,
        DatedAhead datedAhead,
        Anchoring anchoring,
        IssuerRoutes.Parts routes,
        Clock clock) {

    static IssuerParts of(IssuerSettings settings, IssuerService.Surroundings around, Supplier<URI> base) {
        return of(settings, around, base, Optional.empty());
    }

    private static CitizenSignIn signIn(IssuerSettings settings, CounterSignIn counter, Vault vault) {
        IdentityProvider provider = settings.identityProvider();
        return provider == null ? counter : new ProviderSignIn(provider, vault);
    }

    /** The same, with a base for clients that authenticate by the certificate of their connection. */
    static IssuerParts of(
            IssuerSettings settings,
            IssuerService.Surroundings around,
            Supplier<URI> base,
            Optional<Addresses> forCertificates) {
        Store store = new Store(around.pool());
        Vault vault = new Vault(settings.dataKey().bytes());
        Tenants tenants = new Tenants(store, vault, settings.suites());
        TypeShelf types = new TypeShelf(settings.typesFolder());
        Addresses addresses = new Addresses(base);
        PublishedTypes published = new PublishedTypes(store, types, addresses);
        ServerNonces nonces = new ServerNonces(vault, settings.limits().nonceLife());
        DpopProofs proofs = new DpopProofs(nonces);
        ListSigner signer = new ListSigner(addresses, settings);
        TokenHistory history = new TokenHistory(settings);
        StatusPublisher publisher = new StatusPublisher(store, addresses, signer, history, settings);
        Standing standing = new Standing(tenants, signer, history);
        Orders orders = new Orders(vault, types, standing);
        OfferDesk offers = new OfferDesk(store, vault, types, addresses, orders, settings);
        Proposals proposals = new Proposals(store, vault);
        EvidenceDesk evidence = new EvidenceDesk(store, vault, types, addresses, around.evidence());
        Anchoring anchoring = new Anchoring(
                store,
                tenants,
                around.ledger(),
                around.signers(),
                addresses,
                publisher::signAgainLater,
                settings,
                around.clock());
        CounterSignIn counter = new CounterSignIn(store, vault);
        Clients clients = new Clients(store);
        IssuerRoutes.Parts routes = new IssuerRoutes.Parts(
                tenants,
                types,
                published,
                addresses,
                new IssuerMetadata(types, addresses, settings),
                new ServerMetadata(types, addresses, forCertificates),
                offers,
                store,
                proofs,
                nonces,
                new ClientAuthentication(store, addresses, clients, around.walletProviders(), nonces),
                new AuthorizationDesk(store, vault, types, addresses, orders, evidence),
                signIn(settings, counter, vault),
                counter,
                new CitizenRegister(store, vault, types, settings),
                clients,
                new TokenDesk(store, vault, addresses, settings),
                new AccessCheck(store, proofs),
                new CredentialDesk(
                        store, vault, types, published, addresses, settings, nonces, around.walletProviders()),
                new DeferredDesk(store, vault, types, published, addresses, settings),
                new NotificationDesk(store),
                publisher,
                new SecondPerson(store, new StatusDesk(store, standing, orders), types),
                new BulkDesk(store, vault, offers, addresses, around.clock()),
                settings.zone(),
                new LicenceList(store, vault),
                new Receipts(store),
                new AnchoringState(store, anchoring),
                proposals,
                new Acts(store, vault, types, tenants, offers, orders, proposals, evidence),
                evidence,
                new RevocationReceipts(store, addresses),
                around.clock());
        Registry registry = new Registry(store, vault, tenants, settings.suites());
        return new IssuerParts(
                store,
                registry,
                tenants,
                new AccreditationWatch(registry, tenants, around.accreditations()),
                publisher,
                new DatedAhead(store),
                anchoring,
                routes,
                around.clock());
    }
}
