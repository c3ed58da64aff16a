package city.elicence.issuer.status;

import city.elicence.issuer.order.Orders;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.standing.LicenceState;
import city.elicence.issuer.standing.Standing;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where a clerk revokes, suspends and resumes. One transaction holds all of it (see {@link Standing}): there is no moment at
 * which a part of it says something else than the others, and no ledger that a clerk waits for.
 */
public final class StatusDesk {
    private final Store store;
    private final Standing standing;
    private final Orders orders;

    public StatusDesk(Store store, Standing standing, Orders orders) {
        this.store = store;
        this.standing = standing;
        this.orders = orders;
    }

    public LicenceState change(Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        return store.transaction(rows -> change(rows, tenant, clerk, licence, change, now));
    }

    /** The same in a transaction that the caller ends. */
    LicenceState change(Rows rows, Tenant tenant, String clerk, String licence, StatusChange change, Instant now) {
        Row row = rows.one("select state from licence where id = $1 and tenant = $2 for update", licence, tenant.id())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence"));
        LicenceState state = LicenceState.valueOf(row.getString("state"));
        if (!change.act().possibleFrom(state)) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the licence is " + lower(state) + " already");
        }
        LicenceState next = change.act().leadsTo();
        standing.change(
                rows,
                List.of(licence),
                new Standing.Change(next, clerk, change.act().name().toLowerCase(Locale.ROOT), change.reason(), null),
                now);
        if (next == LicenceState.REVOKED) {
            orders.revoked(rows, List.of(licence), clerk, now);
        }
        return next;
    }

    private static String lower(LicenceState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
