package city.elicence.issuer.status;

import city.elicence.issuer.standing.TokenTimes;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which status lists are dated ahead of the clock: the ledger has a version of them from when the clock stood ahead, and
 * behind that no later one may be dated. Verifiers refuse such a list until its time has come; then it is signed anew.
 */
public final class DatedAhead {
    private static final Logger LOG = LoggerFactory.getLogger(DatedAhead.class);

    private final Store store;
    private final Set<String> told = new HashSet<>();

    public DatedAhead(Store store) {
        this.store = store;
    }

    /**
     * The lists of an issuer.
     *
     * @param until when the last of them is good again, at the latest
     */
    record Of(String tenant, String did, long lists, Instant until) {}

    static List<Of> now(Rows rows, Instant now) {
        Instant bound = now.plus(TokenTimes.AHEAD_AT_MOST);
        return rows.all("""
                        select t.id, t.did, count(*) as lists, max(s.token_at) as until
                        from status_list s join tenant t on t.id = s.tenant
                        where s.token_at > $1 and (exists (
                                select 1 from status_head h where h.tenant = s.tenant and h.list = s.list and h.version > $2)
                            or exists (select 1 from outbox o
                                where o.tenant = s.tenant and o.kind = 'status' and o.list = s.list and o.sent_at is null))
                        group by t.id, t.did order by t.id
                        """, bound, bound.getEpochSecond()).stream()
                .map(row -> new Of(
                        row.getString("id"), row.getString("did"), row.getLong("lists"), Rows.instant(row, "until")))
                .toList();
    }

    /** Logs what began since the last round, and what ended: once each. By one thread. */
    public void round(Instant now) {
        List<Of> ahead = now(store.direct(), now);
        Set<String> tenants = new HashSet<>();
        for (Of of : ahead) {
            tenants.add(of.tenant());
            if (told.add(of.tenant())) {
                LOG.warn(
                        "{}: {} status lists are dated up to {}, ahead of this clock, and verifiers refuse them until then:"
                                + " the clock stood ahead, or stands behind now",
                        of.tenant(),
                        of.lists(),
                        of.until());
            }
        }
        told.removeIf(tenant -> {
            boolean over = !tenants.contains(tenant);
            if (over) {
                LOG.info("{}: no status list is dated ahead of this clock any more", tenant);
            }
            return over;
        });
    }
}
