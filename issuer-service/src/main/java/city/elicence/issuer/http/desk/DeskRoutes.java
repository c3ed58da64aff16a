package city.elicence.issuer.http.desk;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.issuer.anchor.AnchoringState;
import city.elicence.issuer.approve.Proposal;
import city.elicence.issuer.approve.Proposals;
import city.elicence.issuer.http.Exchange;
import city.elicence.issuer.http.Problems;
import city.elicence.issuer.offer.Offer;
import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.offer.OfferRequest;
import city.elicence.issuer.registry.LicenceForm;
import city.elicence.issuer.standing.LicenceState;
import city.elicence.issuer.status.LicenceList;
import city.elicence.issuer.status.SecondPerson;
import city.elicence.issuer.status.StatusChange;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.web.Staff;
import city.elicence.web.StaffDoor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The clerk's desk, as an HTTP API; the console's pages use nothing else. */
public final class DeskRoutes {
    private static final int QR_PIXELS = 6;

    private final Tenants tenants;
    private final TypeShelf types;
    private final Addresses addresses;
    private final StaffDoor staff;
    private final OfferDesk offers;
    private final LicenceList licences;
    private final SecondPerson status;
    private final AnchoringState anchoring;
    private final Proposals proposals;
    private final Clock clock;

    public DeskRoutes(
            Tenants tenants,
            TypeShelf types,
            Addresses addresses,
            StaffDoor staff,
            OfferDesk offers,
            LicenceList licences,
            SecondPerson status,
            AnchoringState anchoring,
            Proposals proposals,
            Clock clock) {
        this.tenants = tenants;
        this.types = types;
        this.addresses = addresses;
        this.staff = staff;
        this.offers = offers;
        this.licences = licences;
        this.status = status;
        this.anchoring = anchoring;
        this.proposals = proposals;
        this.clock = clock;
    }

    public void mount(Router router) {
        staff.mount(router);
        router.get("/api/tenants").handler(Exchange.route(this::tenants));
        router.get("/api/:tenant/types").handler(Exchange.route(this::types));
        router.post("/api/:tenant/offers").handler(Exchange.route(this::offer));
        router.get("/api/:tenant/offers/:offer/qr.png").handler(Exchange.route(this::qr));
        router.get("/api/:tenant/licences").handler(Exchange.route(this::licences));
        router.get("/api/:tenant/licences/:licence").handler(Exchange.route(this::licence));
        router.post("/api/:tenant/licences/:licence/:act").handler(Exchange.route(this::change));
        router.get("/api/:tenant/anchoring").handler(Exchange.route(this::anchoring));
    }

    private void tenants(Exchange x) {
        Staff reader = reader(x);
        List<Map<String, Object>> list = tenants.all().stream()
                .filter(tenant -> reader.worksFor(tenant.id()))
                .sorted(java.util.Comparator.comparing(Tenant::id))
                .map(tenant -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", tenant.id());
                    json.put(
                            "name",
                            Map.of(
                                    "zh",
                                    tenant.names().zh(),
                                    "en",
                                    tenant.names().en()));
                    json.put("did", tenant.did());
                    json.put("credential_issuer", addresses.issuer(tenant.id()));
                    return json;
                })
                .toList();
        x.reply(200, Map.of("tenants", list));
    }

    private void types(Exchange x) {
        reader(x);
        Tenant tenant = x.tenant(tenants);
        List<Map<String, Object>> forms = types.issuedBy(tenant.roles()).stream()
                .map(type -> LicenceForm.of(
                        type,
                        !tenant.isKnownUnaccreditedFor(type.id()),
                        types.configurations(tenant).stream()
                                .filter(offered -> offered.type().equals(type))
                                .map(offered -> offered.format().identifier())
                                .toList()))
                .toList();
        x.reply(200, Map.of("types", forms));
    }

    private void offer(Exchange x) {
        String clerk = clerk(x);
        Tenant tenant = x.tenant(tenants);
        Map<String, Object> body = x.json(Exchange::badDesk);
        OfferRequest request = offerRequest(body);
        if (offers.needsTwo(tenant, request, clock.instant())) {
            x.reply(202, ActRoutes.json(proposals.propose(tenant, Proposal.Kind.OFFER, body, clerk, clock.instant())));
            return;
        }
        x.reply(201, offerJson(addresses, tenant, offers.make(tenant, clerk, request, clock.instant())));
    }

    static Map<String, Object> offerJson(Addresses addresses, Tenant tenant, Offer offer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", offer.id());
        json.put("credential_issuer", addresses.issuer(tenant.id()));
        json.put("licences", offer.licences());
        json.put("link", offer.linkByReference());
        json.put("link_by_value", offer.linkByValue());
        json.put("qr", addresses.base() + "/api/" + tenant.id() + "/offers/" + offer.id() + "/qr.png");
        String txCode = offer.txCode();
        if (txCode != null) {
            json.put("tx_code", txCode);
        }
        json.put("expires_at", offer.expiresAt().toString());
        json.put("warnings", Problems.fields(offer.warnings()));
        return json;
    }

    static OfferRequest offerRequest(Map<String, Object> json) {
        try {
            return OfferRequest.read(json);
        } catch (JsonException | IllegalArgumentException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
    }

    private void qr(Exchange x) {
        clerk(x);
        Tenant tenant = x.tenant(tenants);
        Map<String, Object> stands = offers.fetch(tenant, x.path("offer"), clock.instant());
        assert !stands.isEmpty();
        String link = Offer.linkTo(addresses.offer(tenant.id(), x.path("offer")));
        try {
            byte[] png = Qr.encode(link, QrLevel.MEDIUM).png(QR_PIXELS);
            x.reply(200, "image/png", Buffer.buffer(png));
        } catch (QrException tooLong) {
            throw new IllegalStateException("an offer's link does not fit a QR code", tooLong);
        }
    }

    private void licences(Exchange x) {
        reader(x);
        LicenceList.Query query;
        try {
            query = new LicenceList.Query(
                    x.query("q").orElse(null),
                    x.query("type").orElse(null),
                    x.query("state")
                            .map(state -> LicenceState.valueOf(state.toUpperCase(Locale.ROOT)))
                            .orElse(null),
                    x.query("before").map(Instant::parse).orElse(null));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw Exchange.badDesk("state: valid, suspended or revoked; before: a time such as 2026-11-23T08:00:00Z");
        }
        List<Map<String, Object>> found = licences.find(x.tenant(tenants), query).stream()
                .map(DeskRoutes::entry)
                .toList();
        x.reply(200, Map.of("licences", found));
    }

    private void licence(Exchange x) {
        reader(x);
        Tenant tenant = x.tenant(tenants);
        Map<String, Object> json = entry(licences.one(tenant, x.path("licence")));
        putWaiting(json, tenant, x.path("licence"));
        json.put(
                "history",
                licences.history(tenant, x.path("licence")).stream()
                        .map(act -> {
                            Map<String, Object> line = new LinkedHashMap<>();
                            line.put("at", act.at().toString());
                            line.put("actor", act.actor());
                            line.put("act", act.act());
                            Optional.ofNullable(act.reason()).ifPresent(reason -> line.put("reason", reason));
                            return line;
                        })
                        .toList());
        x.reply(200, json);
    }

    private void change(Exchange x) {
        String clerk = clerk(x);
        Tenant tenant = x.tenant(tenants);
        String licence = x.path("licence");
        try {
            String reason = Fields.of(x.json(Exchange::badDesk)).string("reason");
            if (x.path("act").equals("decline")) {
                status.decline(
                        tenant,
                        clerk,
                        licence,
                        new StatusChange(StatusChange.Act.RESUME, reason).reason(),
                        clock.instant());
            } else {
                status.change(tenant, clerk, licence, new StatusChange(act(x.path("act")), reason), clock.instant());
            }
        } catch (JsonException | IllegalArgumentException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", licence);
        json.put("state", licences.one(tenant, licence).state());
        putWaiting(json, tenant, licence);
        x.reply(200, json);
    }

    private static StatusChange.Act act(String name) {
        return switch (name) {
            case "revoke" -> StatusChange.Act.REVOKE;
            case "suspend" -> StatusChange.Act.SUSPEND;
            case "resume" -> StatusChange.Act.RESUME;
            default -> throw Exchange.badDesk("expected revoke, suspend, resume or decline");
        };
    }

    /** What a second clerk has to agree to, where one asked for it. */
    private void putWaiting(Map<String, Object> json, Tenant tenant, String licence) {
        status.waiting(tenant, licence).ifPresent(waiting -> {
            Map<String, Object> asked = new LinkedHashMap<>();
            asked.put("act", waiting.act().name().toLowerCase(Locale.ROOT));
            asked.put("reason", waiting.reason());
            asked.put("asked_by", waiting.askedBy());
            asked.put("asked_at", waiting.askedAt().toString());
            json.put("second_person", asked);
        });
    }

    private void anchoring(Exchange x) {
        reader(x);
        x.reply(200, anchoring.of(x.tenant(tenants), clock.instant()));
    }

    private static Map<String, Object> entry(LicenceList.Entry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("type", entry.type());
        json.put("subject", entry.subject());
        json.put("state", entry.state());
        Optional.ofNullable(entry.reason()).ifPresent(reason -> json.put("reason", reason));
        json.put("issued_at", entry.issuedAt().toString());
        json.put("changed_at", entry.changedAt().toString());
        json.put("copies", (long) entry.copies());
        json.put("anchored", (long) entry.anchored());
        Optional.ofNullable(entry.walletSays()).ifPresent(event -> json.put("wallet_says", event));
        return json;
    }

    private String clerk(Exchange x) {
        return staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN).subject();
    }

    private Staff reader(Exchange x) {
        return staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR);
    }
}
