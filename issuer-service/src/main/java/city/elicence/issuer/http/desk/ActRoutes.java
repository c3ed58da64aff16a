package city.elicence.issuer.http.desk;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.issuer.anchor.RevocationReceipts;
import city.elicence.issuer.approve.Acts;
import city.elicence.issuer.approve.Proposal;
import city.elicence.issuer.approve.Proposals;
import city.elicence.issuer.http.Exchange;
import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Acts on many licences, acts of two persons, and the signed word on what became of a licence. */
public final class ActRoutes {
    private static final int DIGEST_BYTES = 32;
    private static final int MOST_IDS_SHOWN = 100;

    private final Tenants tenants;
    private final Addresses addresses;
    private final StaffDoor staff;
    private final OfferDesk offers;
    private final Acts acts;
    private final Proposals proposals;
    private final RevocationReceipts receipts;
    private final Clock clock;

    public ActRoutes(
            Tenants tenants,
            Addresses addresses,
            StaffDoor staff,
            OfferDesk offers,
            Acts acts,
            Proposals proposals,
            RevocationReceipts receipts,
            Clock clock) {
        this.tenants = tenants;
        this.addresses = addresses;
        this.staff = staff;
        this.offers = offers;
        this.acts = acts;
        this.proposals = proposals;
        this.receipts = receipts;
        this.clock = clock;
    }

    public void mount(Router router) {
        router.post("/api/recoveries").handler(Exchange.route(this::recoverEverywhere));
        router.post("/api/:tenant/recoveries").handler(Exchange.route(this::recoverHere));
        router.post("/api/:tenant/licences/:licence/replacements").handler(Exchange.route(this::replace));
        router.post("/api/:tenant/licences/:licence/offers").handler(Exchange.route(this::offerAgain));
        router.get("/api/:tenant/licences/:licence/receipt").handler(Exchange.route(this::receipt));
        router.post("/api/:tenant/recalls").handler(Exchange.route(this::recall));
        router.get("/api/:tenant/proposals").handler(Exchange.route(this::waiting));
        router.get("/api/:tenant/proposals/:proposal").handler(Exchange.route(this::proposal));
        router.post("/api/:tenant/proposals/:proposal/:decision").handler(Exchange.route(this::decide));
        router.post("/:tenant/status-receipts").handler(Exchange.route(this::receiptOfCopy));
    }

    private void recoverEverywhere(Exchange x) {
        String clerk = staff.requireOfWholeCity(x.context(), StaffRole.CLERK, StaffRole.ADMIN)
                .subject();
        recover(x, List.copyOf(tenants.all()), clerk);
    }

    private void recoverHere(Exchange x) {
        String clerk = clerk(x);
        recover(x, List.of(x.tenant(tenants)), clerk);
    }

    private void recover(Exchange x, List<Tenant> offices, String clerk) {
        String number = text(x.json(Exchange::badDesk), "number");
        reply(x, acts.recover(offices, clerk, number, clock.instant()));
    }

    private void replace(Exchange x) {
        String clerk = clerk(x);
        Map<String, Object> changes;
        try {
            changes = Fields.of(x.json(Exchange::badDesk)).object("changes");
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        reply(x, acts.replace(x.tenant(tenants), clerk, x.path("licence"), changes, clock.instant()));
    }

    private void offerAgain(Exchange x) {
        String clerk = clerk(x);
        Tenant tenant = x.tenant(tenants);
        x.reply(
                201,
                DeskRoutes.offerJson(
                        addresses, tenant, offers.again(tenant, clerk, x.path("licence"), clock.instant())));
    }

    private void recall(Exchange x) {
        String clerk = clerk(x);
        Proposal proposal = acts.proposeRecall(x.tenant(tenants), clerk, x.json(Exchange::badDesk), clock.instant());
        x.reply(202, json(proposal));
    }

    private void waiting(Exchange x) {
        reader(x);
        x.reply(
                200,
                Map.of(
                        "proposals",
                        proposals.waiting(x.tenant(tenants), clock.instant()).stream()
                                .map(ActRoutes::json)
                                .toList()));
    }

    private void proposal(Exchange x) {
        reader(x);
        x.reply(200, json(proposals.one(x.tenant(tenants), x.path("proposal"))));
    }

    private void decide(Exchange x) {
        String clerk = clerk(x);
        boolean approved = switch (x.path("decision")) {
            case "approve" -> true;
            case "decline" -> false;
            default -> throw Exchange.badDesk("expected approve or decline");
        };
        reply(x, acts.decide(x.tenant(tenants), x.path("proposal"), clerk, approved, clock.instant()));
    }

    private void receipt(Exchange x) {
        reader(x);
        x.reply(200, Map.of("receipt", receipts.ofLicence(x.tenant(tenants), x.path("licence"), clock.instant())));
    }

    private void receiptOfCopy(Exchange x) {
        byte[] digest;
        try {
            digest = Fields.of(x.json(Exchange::badDesk)).bytes("digest");
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
        if (digest.length != DIGEST_BYTES) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "digest: expected 32 bytes in base64url");
        }
        x.reply(200, Map.of("receipt", receipts.ofCopy(x.tenant(tenants), digest, clock.instant())));
    }

    private void reply(Exchange x, Acts.Outcome outcome) {
        reply(x, addresses, outcome);
    }

    static void reply(Exchange x, Addresses addresses, Acts.Outcome outcome) {
        switch (outcome) {
            case Acts.Outcome.Offered(List<Acts.Made> made) ->
                x.reply(
                        201,
                        Map.of(
                                "offers",
                                made.stream()
                                        .map(m -> DeskRoutes.offerJson(addresses, m.tenant(), m.offer()))
                                        .toList()));
            case Acts.Outcome.Recalled(int revoked, int denied) ->
                x.reply(200, Map.of("revoked", (long) revoked, "denied", (long) denied));
            case Acts.Outcome.Waits(Proposal proposal) -> x.reply(202, json(proposal));
            case Acts.Outcome.Declined() -> x.reply(200, Map.of("declined", true));
        }
    }

    static Map<String, Object> json(Proposal proposal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("proposal", proposal.id());
        json.put("kind", proposal.kind().name().toLowerCase(Locale.ROOT));
        json.put("proposed_by", proposal.proposedBy());
        json.put("proposed_at", proposal.proposedAt().toString());
        json.put("expires_at", proposal.expiresAt().toString());
        json.put("status", proposal.decidedBy() == null ? "waiting" : proposal.approved() ? "approved" : "declined");
        Map<String, Object> content = new LinkedHashMap<>(proposal.content());
        if (content.get("found") instanceof List<?> found) {
            content.put("count", (long) found.size());
            content.put("found", found.subList(0, Math.min(found.size(), MOST_IDS_SHOWN)));
        }
        json.put("content", content);
        return json;
    }

    private static String text(Map<String, Object> json, String name) {
        try {
            return Fields.of(json).string(name).strip();
        } catch (JsonException malformed) {
            throw Exchange.badDesk(String.valueOf(malformed.getMessage()));
        }
    }

    private String clerk(Exchange x) {
        return staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN).subject();
    }

    private void reader(Exchange x) {
        staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR);
    }
}
