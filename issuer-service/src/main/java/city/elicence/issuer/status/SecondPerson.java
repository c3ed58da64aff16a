package city.elicence.issuer.status;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.standing.LicenceState;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a type says that an act needs two persons ({@code two_persons}), one clerk asks for it and another, who is not the
 * same, does it. Until then the licence is as it was. Every other act goes straight on to the {@link StatusDesk}.
 */
public final class SecondPerson {
    private final Store store;
    private final StatusDesk status;
    private final TypeShelf types;

    public SecondPerson(Store store, StatusDesk status, TypeShelf types) {
        this.store = store;
        this.status = status;
        this.types = types;
    }

    /** What waits for a second person. */
    public record Waiting(StatusChange.Act act, String reason, String askedBy, Instant askedAt) {}

    /** Does the act, or writes down that it was asked for; the licence's state afterwards. */
    public LicenceState change(Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        return store.transaction(rows -> {
            Row row = rows.one(
                            "select state, type_id from licence where id = $1 and tenant = $2 for update",
                            licence,
                            tenant.id())
                    .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence"));
            if (!needsTwo(row.getString("type_id"), change.act())) {
                return status.change(rows, tenant, clerk, licence, change, now);
            }
            Optional<Waiting> asked = waiting(rows, tenant, licence);
            if (asked.isEmpty()) {
                LicenceState state = LicenceState.valueOf(row.getString("state"));
                if (!change.act().possibleFrom(state)) {
                    throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the licence's state does not allow it");
                }
                ask(rows, tenant, clerk, licence, change, now);
                return state;
            }
            if (asked.get().askedBy().equals(clerk)) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.SECOND_PERSON_NEEDED, "another clerk has to agree; you asked for it");
            }
            forget(rows, licence);
            return status.change(rows, tenant, clerk, licence, change, now);
        });
    }

    /** Lets a licence be as it is, when one clerk asked for an act and it is not to be. */
    public void decline(Tenant tenant, String clerk, String licence, String reason, Instant now) {
        store.inTransaction(rows -> {
            // First the licence, as who agrees at this moment does: one of the two finds that nothing waits any more.
            if (rows.one("select 1 from licence where id = $1 and tenant = $2 for update", licence, tenant.id())
                            .isEmpty()
                    || waiting(rows, tenant, licence).isEmpty()) {
                throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "nothing waits for a second person");
            }
            forget(rows, licence);
            audit(rows, tenant, clerk, "declined", licence, reason, now);
        });
    }

    /** What waits for a licence, if anything. */
    public Optional<Waiting> waiting(Tenant tenant, String licence) {
        return waiting(store.direct(), tenant, licence);
    }

    private boolean needsTwo(String type, StatusChange.Act act) {
        return types.type(type).stream()
                .map(CredentialType::twoPersons)
                .anyMatch(acts -> acts.contains(act.name().toLowerCase(Locale.ROOT)));
    }

    private static Optional<Waiting> waiting(Rows rows, Tenant tenant, String licence) {
        return rows.one(
                        "select act, reason, asked_by, asked_at from second_person where licence_id = $1 and tenant = $2",
                        licence,
                        tenant.id())
                .map(row -> new Waiting(
                        StatusChange.Act.valueOf(row.getString("act")),
                        row.getString("reason"),
                        row.getString("asked_by"),
                        Rows.instant(row, "asked_at")));
    }

    private static void ask(Rows rows, Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        rows.change(
                "insert into second_person (licence_id, tenant, act, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6)",
                licence,
                tenant.id(),
                change.act().name(),
                change.reason(),
                clerk,
                now);
        audit(
                rows,
                tenant,
                clerk,
                "asked_to_" + change.act().name().toLowerCase(Locale.ROOT),
                licence,
                change.reason(),
                now);
    }

    private static void forget(Rows rows, String licence) {
        rows.change("delete from second_person where licence_id = $1", licence);
    }

    private static void audit(
            Rows rows, Tenant tenant, String clerk, String act, String licence, String reason, Instant now) {
        rows.change(
                "insert into audit (tenant, at, actor, act, licence_id, reason) values ($1, $2, $3, $4, $5, $6)",
                tenant.id(),
                now,
                clerk,
                act,
                licence,
                reason);
    }
}
