package city.elicence.issuer.issue;

import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusReference;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.standing.TokenTimes;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Draws an unused place in a status list, in the transaction that issues. Places are drawn at random, so that nothing about
 * order or neighbours can be read from them (HAIP 1.0 §6.1; Token Status List §13.2). When place after place is taken, the
 * list is more than half full by all odds, and the next one is opened: no counter, and so nothing that two requests wait for.
 */
final class StatusDraw {
    private static final int BITS = 2;
    private static final int TRIES = 8;
    private static final int LISTS_AT_MOST = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Addresses addresses;
    private final IssuerSettings.Limits limits;

    StatusDraw(Addresses addresses, IssuerSettings.Limits limits) {
        this.addresses = addresses;
        this.limits = limits;
    }

    /** A place, and the reference to it for the credential. */
    record Place(int list, int slot, StatusReference reference) {}

    /** So many places, drawn together: they may lie in two lists. The lists are of the suite that signs what refers to them. */
    List<Place> draw(Rows rows, Tenant tenant, Suite suite, int wanted, Instant now) {
        List<Place> places = new ArrayList<>();
        int list = -1;
        while (true) {
            list = after(list, rows, tenant, suite, now);
            for (int i = 0; i < TRIES && places.size() < wanted; i++) {
                places.addAll(take(rows, tenant, list, wanted - places.size()));
            }
            if (places.size() == wanted) {
                return places;
            }
        }
    }

    /**
     * The newest list of a suite, or a new one where the newest is the one that is full, or is dated ahead of the clock for now:
     * relying parties would refuse what refers to it.
     */
    private int after(int full, Rows rows, Tenant tenant, Suite suite, Instant now) {
        while (true) {
            // In one statement: a list opened meanwhile is in neither answer, and so has the number of ours.
            Row lists = rows.one("""
                    select coalesce(newest.list, -1) as newest, newest.token_at,
                        coalesce((select list from status_list where tenant = $1 order by list desc limit 1), -1) as last
                    from (select) as always left join (
                        select list, token_at from status_list where tenant = $1 and suite = $2
                        order by list desc limit 1) as newest on true
                    """, tenant.id(), suite.algorithm()).orElseThrow();
            int newest = lists.getInteger("newest");
            if (newest > full
                    && !TokenTimes.isHeldAhead(rows, tenant.id(), newest, Rows.optInstant(lists, "token_at"), now)) {
                return newest;
            }
            int next = lists.getInteger("last") + 1;
            if (next >= LISTS_AT_MOST) {
                throw new IllegalStateException("no status list has room");
            }
            open(rows, tenant, suite, next, now);
        }
    }

    /** Of so many places at random, those that were free. */
    private List<Place> take(Rows rows, Tenant tenant, int list, int wanted) {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            slots.add(RANDOM.nextInt(limits.statusListSize()));
        }
        // In one order for all, so that two requests never wait for each other's places.
        Collections.sort(slots);
        URI uri = URI.create(addresses.statusList(tenant.id(), list));
        List<Place> taken = new ArrayList<>();
        for (Row row : rows.all("""
                insert into status_slot (tenant, list, slot) select $1::text, $2::int, unnest($3::text[])::int
                on conflict do nothing returning slot
                """, tenant.id(), list, slots)) {
            int slot = row.getInteger("slot");
            taken.add(new Place(list, slot, new StatusReference(uri, slot)));
        }
        Collections.shuffle(taken, RANDOM);
        return taken;
    }

    private void open(Rows rows, Tenant tenant, Suite suite, int list, Instant now) {
        int opened = rows.change(
                """
                insert into status_list (tenant, list, bits, size, version, entries, opened_at, suite)
                values ($1, $2, $3, $4, 1, $5, $6, $7) on conflict do nothing
                """,
                tenant.id(),
                list,
                (short) BITS,
                limits.statusListSize(),
                StatusList.ofSize(BITS, limits.statusListSize()).compress(),
                now,
                suite.algorithm());
        if (opened == 1) {
            rows.change(
                    "insert into outbox (tenant, kind, list, version, at) values ($1, 'status', $2, 1, $3)",
                    tenant.id(),
                    list,
                    now);
        }
    }
}
