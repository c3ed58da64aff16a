package city.elicence.issuer.approve;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.offer.Offer;
import city.elicence.issuer.offer.OfferDesk;
import city.elicence.issuer.offer.OfferRequest;
import city.elicence.issuer.order.Orders;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Acts that end licences and begin others, each in one transaction: there is no moment at which half of it is done. */
public final class Acts {
    private static final int MOST_IN_AN_OFFER = 20;

    private final Store store;
    private final Vault vault;
    private final TypeShelf types;
    private final Tenants tenants;
    private final OfferDesk offers;
    private final Orders orders;
    private final Proposals proposals;
    private final EvidenceDesk evidence;

    public Acts(
            Store store,
            Vault vault,
            TypeShelf types,
            Tenants tenants,
            OfferDesk offers,
            Orders orders,
            Proposals proposals,
            EvidenceDesk evidence) {
        this.store = store;
        this.vault = vault;
        this.types = types;
        this.tenants = tenants;
        this.offers = offers;
        this.orders = orders;
        this.proposals = proposals;
        this.evidence = evidence;
    }

    /** What an act came to. */
    public sealed interface Outcome {
        /** Licences were born; wallets come for them with these offers. */
        record Offered(List<Made> offers) implements Outcome {
            public Offered {
                offers = List.copyOf(offers);
            }
        }

        /** So many were revoked, and so many that no wallet had come for will not be issued. */
        record Recalled(int revoked, int denied) implements Outcome {}

        /** Nothing was done yet: a second person decides. */
        record Waits(Proposal proposal) implements Outcome {}

        /** Nothing was done, and nothing will be. */
        record Declined() implements Outcome {}
    }

    /** An offer and the authority that makes it. */
    public record Made(Tenant tenant, Offer offer) {}

    /**
     * Ends a licence and begins its successor with the same claims but these: a renewal, a correction, a transfer. What it is
     * used once with goes over to the successor, so that what was used stays used.
     */
    public Outcome replace(Tenant tenant, String clerk, String licence, Map<String, Object> changes, Instant now) {
        Row row = store.direct()
                .one("select type_id from offered_licence where id = $1 and tenant = $2", licence, tenant.id())
                .orElseThrow(Acts::unknown);
        if (type(row.getString("type_id")).twoPersons().contains("issue")) {
            Map<String, Object> content = Map.of("replace", licence, "changes", changes);
            return new Outcome.Waits(proposals.propose(tenant, Proposal.Kind.OFFER, content, clerk, now));
        }
        return store.transaction(rows -> replace(rows, tenant, clerk, licence, changes, now));
    }

    private Outcome replace(
            Rows rows, Tenant tenant, String clerk, String licence, Map<String, Object> changes, Instant now) {
        Row old = rows.one(
                        "select * from offered_licence where id = $1 and tenant = $2 for update", licence, tenant.id())
                .orElseThrow(Acts::unknown);
        // By a statement of its own, which waits for who changes the state at this moment and sees what became of it.
        boolean valid = rows.one("select state from licence where id = $1 for update", licence)
                .map(row -> row.getString("state").equals("VALID"))
                .orElse(old.getOffsetDateTime("denied_at") == null);
        if (!valid) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "only a valid licence is replaced by another");
        }
        OfferRequest request = new OfferRequest(
                List.of(successor(tenant, old, changes)), OfferRequest.Grant.PRE_AUTHORIZED, false, Duration.ZERO);
        Offer offer = offers.make(rows, tenant, clerk, request, List.of(licence), now);
        return new Outcome.Offered(List.of(new Made(tenant, offer)));
    }

    /**
     * Every licence of a holder dies with the lost phone, and is offered to the new one. Those that are suspended are
     * replaced too, stay suspended, and are offered when that ends.
     */
    public Outcome recover(List<Tenant> offices, String clerk, String number, Instant now) {
        return store.transaction(rows -> {
            Map<String, List<Row>> byTenant = new TreeMap<>();
            for (Row held :
                    orders.heldBy(rows, number, offices.stream().map(Tenant::id).toList())) {
                byTenant.computeIfAbsent(held.getString("tenant"), any -> new ArrayList<>())
                        .add(held);
            }
            List<Made> made = new ArrayList<>();
            byTenant.forEach((id, rowsOf) -> {
                Tenant tenant = tenants.find(id).orElseThrow();
                for (int from = 0; from < rowsOf.size(); from += MOST_IN_AN_OFFER) {
                    List<Row> part = rowsOf.subList(from, Math.min(from + MOST_IN_AN_OFFER, rowsOf.size()));
                    made.add(new Made(tenant, again(rows, tenant, clerk, number, part, now)));
                }
            });
            if (made.isEmpty()) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.NOT_FOUND, "nobody of that number holds a licence of these authorities");
            }
            return new Outcome.Offered(made);
        });
    }

    private Offer again(Rows rows, Tenant tenant, String clerk, String number, List<Row> held, Instant now) {
        List<OfferRequest.Licence> licences = new ArrayList<>();
        List<String> dying = new ArrayList<>();
        for (Row row : held) {
            Row old = rows.one("select * from offered_licence where id = $1", row.getString("id"))
                    .orElseThrow();
            licences.add(successor(tenant, old, Map.of()).heldBy(number));
            dying.add(row.getString("id"));
        }
        OfferRequest request = new OfferRequest(licences, OfferRequest.Grant.PRE_AUTHORIZED, false, Duration.ZERO);
        Offer offer = offers.remake(rows, tenant, clerk, request, now);
        orders.handOver(rows, dying, offer.licences(), clerk, now);
        return offer;
    }

    /** The dry run of a recall, which is its proposal too: what was found is what will be revoked, and no more. */
    public Proposal proposeRecall(Tenant tenant, String clerk, Map<String, Object> json, Instant now) {
        Recall recall;
        try {
            recall = Recall.read(json);
        } catch (JsonException | IllegalArgumentException | java.time.DateTimeException malformed) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, String.valueOf(malformed.getMessage()));
        }
        List<String> found = store
                .direct()
                .all(
                        """
                        select o.id from offered_licence o
                        left join licence l on l.id = o.id left join offer f on f.id = o.offer_id
                        where o.tenant = $1 and o.type_id = $2 and ($3::text is null or o.type_version = $3)
                            and coalesce(l.issued_at, f.created_at) >= $4 and coalesce(l.issued_at, f.created_at) < $5
                            and ($6::text is null or f.created_by = $6)
                            and coalesce(l.state <> 'REVOKED', o.denied_at is null)
                        order by o.id limit $7
                        """,
                        tenant.id(),
                        recall.type(),
                        recall.version(),
                        recall.from(),
                        recall.until(),
                        recall.by(),
                        Recall.MOST + 1)
                .stream()
                .map(row -> row.getString("id"))
                .toList();
        if (found.isEmpty() || found.size() > Recall.MOST) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.NOT_FOUND, "expected 1 to " + Recall.MOST + " licences, found none or more");
        }
        return proposals.propose(
                tenant, Proposal.Kind.RECALL, recall.with(found).toJson(), clerk, now);
    }

    /** A second person's word: the proposal's decision and the act itself are one transaction. */
    public Outcome decide(Tenant tenant, String id, String by, boolean approved, Instant now) {
        return store.transaction(rows -> {
            Proposal proposal = proposals.decide(rows, tenant, id, by, approved, now);
            try {
                return approved ? carryOut(rows, tenant, proposal, now) : new Outcome.Declined();
            } catch (JsonException unreadable) {
                throw new IllegalStateException("a proposal does not read", unreadable);
            }
        });
    }

    private Outcome carryOut(Rows rows, Tenant tenant, Proposal proposal, Instant now) throws JsonException {
        String clerk = proposal.proposedBy();
        Fields content = Fields.of(proposal.content());
        return switch (proposal.kind()) {
            case OFFER ->
                content.has("replace")
                        ? replace(rows, tenant, clerk, content.string("replace"), content.object("changes"), now)
                        : new Outcome.Offered(List.of(new Made(
                                tenant,
                                offers.make(rows, tenant, clerk, OfferRequest.read(content.map()), List.of(), now))));
            case RECALL -> {
                Recall recall = Recall.read(content.map());
                Orders.Ended ended = orders.recall(rows, recall.found(), clerk, recall.reason(), now);
                yield new Outcome.Recalled(ended.revoked(), ended.denied());
            }
        };
    }

    /** Opens an application for a licence whose type requires evidence. */
    public String apply(Tenant tenant, String clerk, OfferRequest.Licence licence, Instant now) {
        List<Problem.Field> wrong = offers.problems(tenant, licence, "", now);
        if (!wrong.isEmpty()) {
            throw new Refused(new Problem.Desk(
                    Problem.Desk.DeskCode.INVALID_CLAIMS, "some fields are not as they must be; see fields", wrong));
        }
        if (!evidence.isRequired(type(licence.type()))) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "type: expected one that requires evidence");
        }
        return evidence.open(
                tenant, clerk, new EvidenceDesk.Content(licence.type(), licence.claims(), licence.holder()), now);
    }

    /** Offers what was applied for, once the evidence is whole: the application's end and the licence's order are one act. */
    public Outcome offerApplication(Tenant tenant, String clerk, String application, Instant now) {
        return store.transaction(rows -> {
            EvidenceDesk.Content content = evidence.take(rows, tenant, application, now);
            OfferRequest request = new OfferRequest(
                    List.of(new OfferRequest.Licence(content.type(), content.claims(), content.holder(), Map.of())),
                    OfferRequest.Grant.PRE_AUTHORIZED,
                    false,
                    Duration.ZERO);
            return new Outcome.Offered(
                    List.of(new Made(tenant, offers.make(rows, tenant, clerk, request, List.of(), now))));
        });
    }

    /** What an earlier licence held, changed: what was entered, and apart from it the secrets it is used once with. */
    private OfferRequest.Licence successor(Tenant tenant, Row old, Map<String, Object> changes) {
        CredentialType type = type(old.getString("type_id"));
        Map<String, Object> claims = new LinkedHashMap<>();
        try {
            String place = tenant.id() + "/claims/" + old.getString("id");
            claims.putAll(Json.parseObject(vault.open(place, Rows.bytes(old, "claims"))));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("the claims of a licence do not read", unreadable);
        }
        Map<String, Object> secrets = new LinkedHashMap<>();
        for (Claim claim : type.claims()) {
            Object secret = claim.secret() ? claims.remove(claim.name()) : null;
            if (secret != null) {
                secrets.put(claim.name(), secret);
            }
        }
        claims.putAll(changes);
        return new OfferRequest.Licence(type.id(), claims, null, secrets).as(old);
    }

    private CredentialType type(String id) {
        return types.type(id)
                .orElseThrow(() ->
                        Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "type: expected one of the catalogue"));
    }

    private static Refused unknown() {
        return Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence");
    }
}
