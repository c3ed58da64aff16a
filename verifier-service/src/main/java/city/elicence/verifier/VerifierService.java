package city.elicence.verifier;

import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.view.TrustFollower;
import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.callback.Callbacks;
import city.elicence.verifier.claim.LedgerKeys;
import city.elicence.verifier.claim.Registering;
import city.elicence.verifier.claim.UseAnswers;
import city.elicence.verifier.claim.UseDesk;
import city.elicence.verifier.decide.Deciding;
import city.elicence.verifier.decide.Judge;
import city.elicence.verifier.decide.OfflineDesk;
import city.elicence.verifier.decide.Results;
import city.elicence.verifier.http.VerifierRoutes;
import city.elicence.verifier.picture.PictureDesk;
import city.elicence.verifier.receipt.DossierAsking;
import city.elicence.verifier.receipt.ReceiptDesk;
import city.elicence.verifier.receipt.ShownDocuments;
import city.elicence.verifier.record.CheckRecord;
import city.elicence.verifier.request.Asking;
import city.elicence.verifier.request.AskingRules;
import city.elicence.verifier.request.Presets;
import city.elicence.verifier.request.RequestDesk;
import city.elicence.verifier.response.ComingBack;
import city.elicence.verifier.response.Receiving;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.BackEnds;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.verifier.trust.CurrentTrust;
import city.elicence.web.DoorSettings;
import city.elicence.web.HttpDoor;
import city.elicence.web.StaffDoor;
import city.elicence.web.vault.Vault;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;

/**
 * The verifier service: request → response → decide → audit, each step a package that writes the row that the next one
 * reads. Many relying parties share it; each is a row, a key and a certificate chain.
 */
public final class VerifierService implements AutoCloseable {
    private final HttpDoor door;
    private final VerifierRoutes routes;
    private final CurrentTrust trust;
    private final Housekeeping housekeeping;
    private final Registering registering;
    private final Tenants tenants;

    private VerifierService(
            HttpDoor door,
            VerifierRoutes routes,
            CurrentTrust trust,
            Housekeeping housekeeping,
            Registering registering,
            Tenants tenants) {
        this.door = door;
        this.routes = routes;
        this.trust = trust;
        this.housekeeping = housekeeping;
        this.registering = registering;
        this.tenants = tenants;
    }

    /**
     * What the service stands on; the caller made it and closes it.
     *
     * @param pool a migrated database (schema {@code verifier})
     * @param follower follows the ledger
     * @param ledger where uses are registered
     * @param keys where the relying parties' private keys are
     * @param ledgerKeys where their keys for the ledger are
     * @param vault seals what must not be read from a stolen database
     */
    public record Surroundings(
            Pool pool,
            TrustFollower follower,
            Ledger ledger,
            SigningKeys keys,
            LedgerKeys ledgerKeys,
            Vault vault,
            Clock clock) {}

    /** Starts the service and returns once it listens. */
    public static VerifierService start(Vertx vertx, VerifierSettings settings, Surroundings around) {
        Pool pool = around.pool();
        Clock clock = around.clock();
        TrustFollower follower = around.follower();
        SigningKeys keys = around.keys();
        DoorSettings listen = settings.door();
        Addresses addresses = new Addresses(listen.base(listen.port()));
        Tenants tenants = new Tenants(pool, clock);
        BackEnds backEnds = new BackEnds(pool, clock);
        CurrentTrust trust = CurrentTrust.over(vertx, follower, pool, settings, clock);
        AuditTrail audit = new AuditTrail(pool, clock);
        SealedColumn claims = SealedColumn.claims(around.vault());
        SealedColumn encryptionKeys = SealedColumn.encryptionKeys(around.vault());
        SealedColumn vpTokens = SealedColumn.vpTokens(around.vault());
        Results results = new Results(pool, claims, clock);
        // Online, a request's single use is the replay guard: the same presentation cannot come twice.
        Judge judge = new Judge(
                new PresentationVerifier((key, until, now) -> true, settings.suites()), trust, addresses, clock);
        ShownDocuments shown = new ShownDocuments(pool, settings.suites(), clock);
        OfflineDesk offline = new OfflineDesk(pool, trust, clock);
        Callbacks callbacks = new Callbacks(vertx, pool, clock);
        Registering registering = Registering.start(pool, around.ledger(), around.ledgerKeys(), around.vault(), clock);
        UseDesk uses =
                new UseDesk(pool, tenants, around.ledgerKeys(), around.vault(), claims, clock, registering::call);
        Deciding deciding = new Deciding(pool, judge, shown, vpTokens, claims, clock);
        VerifierRoutes routes = new VerifierRoutes(
                vertx,
                new VerifierRoutes.Steps(
                        new Asking(
                                pool, tenants, addresses, new AskingRules(trust::view, clock), encryptionKeys, clock),
                        new RequestDesk(pool, tenants, keys, addresses, settings.suites(), encryptionKeys, clock),
                        new Receiving(pool, addresses, encryptionKeys, vpTokens, clock),
                        new ComingBack(pool, clock),
                        deciding,
                        results,
                        offline,
                        uses,
                        new UseAnswers(vertx, pool, claims, around.ledger(), uses, clock),
                        new PictureDesk(pool, claims, clock),
                        audit,
                        new ReceiptDesk(pool, shown, keys, trust, clock),
                        new DossierAsking(shown, keys, trust, clock),
                        new CheckRecord(keys, ZoneId.of("Asia/Shanghai"), clock)),
                new VerifierRoutes.Desk(
                        Presets.builtIn(),
                        settings.typesBase(),
                        addresses,
                        tenants,
                        backEnds,
                        keys,
                        trust,
                        settings.plainHttpAllowed(),
                        new StaffDoor(
                                "verifier",
                                settings.staffKey(),
                                pool,
                                clock,
                                "https".equals(addresses.base().getScheme()))));
        Housekeeping housekeeping = Housekeeping.start(
                vertx,
                new Housekeeping.Chores(trust, deciding, results, offline, callbacks, shown),
                settings.prefetchEvery(),
                follower);
        HttpDoor door = HttpDoor.open(vertx, listen, routes::addTo);
        return new VerifierService(door, routes, trust, housekeeping, registering, tenants);
    }

    /** Base address, without a trailing slash. */
    public URI base() {
        return door.base();
    }

    /** Adds a relying party, or renews its labels and certificates. */
    public void enrol(Tenant tenant) {
        tenants.enrol(tenant);
    }

    /** The routes of the service, such as {@code get /api/checks/{id}}: what its OpenAPI document describes. */
    public Set<String> routes() {
        return routes.described();
    }

    @Override
    public void close() {
        door.close();
        registering.close();
        housekeeping.close();
        trust.close();
    }
}
