package city.elicence.issuer.approve;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Proposals and what became of them. That the second person is another one is checked here, and by the database. */
public final class Proposals {
    private static final Duration LIFE = Duration.ofDays(7);
    private static final int MOST_LISTED = 100;

    private final Store store;
    private final Vault vault;

    public Proposals(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    public Proposal propose(Tenant tenant, Proposal.Kind kind, Map<String, Object> content, String by, Instant now) {
        Proposal proposal = new Proposal(Secret.freshName(), kind, content, by, now, now.plus(LIFE), null, false);
        store.direct()
                .change(
                        """
                        insert into proposal (id, tenant, kind, content, proposed_by, proposed_at, expires_at)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        proposal.id(),
                        tenant.id(),
                        kind.name().toLowerCase(Locale.ROOT),
                        vault.seal(place(tenant, proposal.id()), Json.write(content)),
                        by,
                        now,
                        proposal.expiresAt());
        return proposal;
    }

    /** Those that wait, oldest first. */
    public List<Proposal> waiting(Tenant tenant, Instant now) {
        return store.direct().all("""
                select * from proposal where tenant = $1 and decided_by is null and expires_at > $2
                order by proposed_at limit $3
                """, tenant.id(), now, MOST_LISTED).stream()
                .map(row -> read(tenant, row))
                .toList();
    }

    /** One, decided or not. */
    public Proposal one(Tenant tenant, String id) {
        return store.direct()
                .one("select * from proposal where tenant = $1 and id = $2", tenant.id(), id)
                .map(row -> read(tenant, row))
                .orElseThrow(Proposals::unknown);
    }

    /** Decides one, within the transaction that then does what was proposed. */
    Proposal decide(Rows rows, Tenant tenant, String id, String by, boolean approved, Instant now) {
        Row row = rows.one("select * from proposal where tenant = $1 and id = $2 for update", tenant.id(), id)
                .orElseThrow(Proposals::unknown);
        Proposal proposal = read(tenant, row);
        if (proposal.decidedBy() != null || !now.isBefore(proposal.expiresAt())) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.WRONG_STATE, "the proposal was decided before, or its time is over");
        }
        if (approved && proposal.proposedBy().equals(by)) {
            throw Refused.desk(Problem.Desk.DeskCode.SECOND_PERSON_NEEDED, "who proposed it cannot approve it");
        }
        rows.change(
                "update proposal set decided_by = $2, decided_at = $3, approved = $4 where id = $1",
                id,
                by,
                now,
                approved);
        rows.change(
                "insert into audit (tenant, at, actor, act, reason) values ($1, $2, $3, $4, $5)",
                tenant.id(),
                now,
                by,
                (approved ? "approved " : "declined ") + row.getString("kind"),
                "proposed by " + proposal.proposedBy());
        return proposal;
    }

    private Proposal read(Tenant tenant, Row row) {
        String id = row.getString("id");
        try {
            return new Proposal(
                    id,
                    Proposal.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Json.parseObject(vault.open(place(tenant, id), Rows.bytes(row, "content"))),
                    row.getString("proposed_by"),
                    Rows.instant(row, "proposed_at"),
                    Rows.instant(row, "expires_at"),
                    row.getString("decided_by"),
                    Boolean.TRUE.equals(row.getBoolean("approved")));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a proposal's row does not read", unreadable);
        }
    }

    private static Refused unknown() {
        return Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such proposal");
    }

    private static String place(Tenant tenant, String id) {
        return tenant.id() + "/proposal/" + id;
    }
}
