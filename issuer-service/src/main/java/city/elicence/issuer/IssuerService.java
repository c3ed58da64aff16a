package city.elicence.issuer;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.issuer.anchor.LedgerSigners;
import city.elicence.issuer.evidence.EvidenceChecks;
import city.elicence.issuer.http.IssuerRoutes;
import city.elicence.issuer.registry.Enrolment;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.ledger.Ledger;
import city.elicence.web.DoorSettings;
import city.elicence.web.HttpDoor;
import city.elicence.web.StaffDoor;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The issuer service, running: issues licences for every tenant enrolled with it.
 *
 * <pre>{@code
 * IssuerService issuer = IssuerService.start(vertx, door, settings, surroundings);
 * issuer.enrol(new Enrolment("traffic-police", did, names, roles, key, chain, null, documentSigner));
 * }</pre>
 */
public final class IssuerService implements AutoCloseable {
    private final HttpDoor door;
    private final Optional<HttpDoor> certificateDoor;
    private final IssuerParts parts;
    private final Background background;

    private IssuerService(HttpDoor door, Optional<HttpDoor> certificateDoor, IssuerParts parts, Background background) {
        this.door = door;
        this.certificateDoor = certificateDoor;
        this.parts = parts;
        this.background = background;
    }

    /**
     * What the service stands on.
     *
     * @param pool connections to its own schema, migrated ({@code city.elicence.web.database.ServiceDatabase})
     * @param accreditations what is said of a party now, all of which must let it issue; nothing where it is not known. May wait for
     *     the ledger
     * @param signers keys by which tenants write to the ledger
     * @param staffKey verifies staff tokens
     * @param walletProviders whose wallet and key attestations are believed; asked anew at each of them
     * @param evidence the verifier at which evidence is shown
     */
    public record Surroundings(
            Pool pool,
            Ledger ledger,
            Function<Did, List<Accreditation>> accreditations,
            LedgerSigners signers,
            EcPublicKey staffKey,
            Supplier<Collection<TrustAnchor>> walletProviders,
            EvidenceChecks evidence,
            Clock clock) {}

    /** Opens the door and starts the background work; returns once it listens. */
    public static IssuerService start(Vertx vertx, DoorSettings door, IssuerSettings settings, Surroundings around) {
        AtomicReference<URI> base = new AtomicReference<>(door.base(door.port()));
        AtomicReference<URI> certificateBase = new AtomicReference<>(base.get());
        Addresses forCertificates = new Addresses(certificateBase::get);
        // RFC 8705 §5: at an address of its own, so that no browser is asked for a certificate.
        boolean certificates = door.tls() != null;
        IssuerParts parts = IssuerParts.of(
                settings, around, base::get, certificates ? Optional.of(forCertificates) : Optional.empty());
        parts.tenants().reload();
        StaffDoor staff = new StaffDoor("issuer", around.staffKey(), around.pool(), around.clock(), door.tls() != null);
        HttpDoor open = HttpDoor.open(vertx, door, router -> IssuerRoutes.mount(router, parts.routes(), staff));
        base.set(open.base());
        Optional<HttpDoor> second = Optional.empty();
        if (certificates) {
            second = Optional.of(HttpDoor.open(
                    vertx,
                    door.askingForCertificates(settings.certificatePort()),
                    router -> IssuerRoutes.mountForCertificates(router, parts.routes(), forCertificates)));
            certificateBase.set(second.get().base());
        }
        return new IssuerService(open, second, parts, Background.start(parts, settings));
    }

    /** Adds an issuing authority, or replaces its names, roles, key and chain. Takes effect at once. */
    public void enrol(Enrolment enrolment) {
        parts.registry().enrol(enrolment, parts.clock().instant());
    }

    /** Base address, without a trailing slash. */
    public URI base() {
        return door.base();
    }

    @Override
    public void close() {
        background.close();
        certificateDoor.ifPresent(HttpDoor::close);
        door.close();
    }
}
