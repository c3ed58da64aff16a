package city.elicence.issuer.standing;

import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes what licences are worth, however many and of however many authorities, within the caller's transaction: the
 * licences' state, the bit of every copy, each list's next version with its signed token, what the ledger is to be told,
 * in which token it was first said, and the audit rows.
 */
public final class Standing {
    private final Tenants tenants;
    private final ListSigner signer;
    private final TokenHistory history;

    public Standing(Tenants tenants, ListSigner signer, TokenHistory history) {
        this.history = history;
        this.tenants = tenants;
        this.signer = signer;
    }

    /**
     * A change of state.
     *
     * @param act its word in the audit
     * @param because the licence whose birth is the reason, or null for a clerk's own decision
     */
    public record Change(
            LicenceState state,
            String actor,
            String act,
            String reason,
            @Nullable String because) {}

    private record ListOf(String tenant, int list) {}

    private record Place(String licence, int slot) {}

    private record Said(Instant tokenAt, Digest token) {}

    /** Changes licences whose rows the caller has locked, in the order of their ids. */
    public void change(Rows rows, List<String> licences, Change change, Instant now) {
        if (licences.isEmpty()) {
            return;
        }
        rows.change(
                "update licence set state = $2, reason = $3, changed_at = $4, because = $5 where id = any($1)",
                licences,
                change.state().name(),
                change.reason(),
                now,
                change.because());
        Map<ListOf, List<Place>> lists =
                new TreeMap<>(Comparator.comparing(ListOf::tenant).thenComparingInt(ListOf::list));
        for (Row row :
                rows.all("select tenant, list, slot, licence_id from copy where licence_id = any($1)", licences)) {
            lists.computeIfAbsent(new ListOf(row.getString("tenant"), row.getInteger("list")), any -> new ArrayList<>())
                    .add(new Place(row.getString("licence_id"), row.getInteger("slot")));
        }
        lists.forEach((list, places) -> {
            Said said = mark(rows, list, places, change.state(), now);
            note(rows, list, places, change.state(), said, now);
        });
        audit(rows, licences, change, now);
    }

    /** Sets bits, list after list in ascending order, so that two acts never wait for each other. */
    private Said mark(Rows rows, ListOf list, List<Place> places, LicenceState state, Instant now) {
        Row row = rows.one("""
                        select suite, bits, entries, version, token_at from status_list where tenant = $1 and list = $2
                        for no key update
                        """, list.tenant(), list.list()).orElseThrow();
        StatusList content;
        try {
            content = StatusList.decompress(row.getShort("bits"), Rows.bytes(row, "entries"));
        } catch (StatusException unreadable) {
            throw new IllegalStateException("a status list's row does not read", unreadable);
        }
        places.forEach(place -> content.set(place.slot(), state.code()));
        long version = row.getLong("version") + 1;
        Instant last = Rows.optInstant(row, "token_at");
        Instant tokenAt = TokenTimes.next(rows, list.tenant(), list.list(), last, now);
        Tenant tenant = tenants.find(list.tenant()).orElseThrow();
        String token = signer.sign(tenant, list.list(), row.getString("suite"), content, tokenAt);
        rows.change("""
                update status_list set entries = $3, version = $4, token = $5, token_at = $6
                where tenant = $1 and list = $2
                """, list.tenant(), list.list(), content.compress(), version, token, tokenAt);
        history.keepFirst(rows, list.tenant(), list.list(), token, tokenAt);
        rows.change(
                "insert into outbox (tenant, kind, list, version, at) values ($1, 'status', $2, $3, $4)",
                list.tenant(),
                list.list(),
                version,
                now);
        return new Said(tokenAt, Digest.of(Secret.sha256(token.getBytes(StandardCharsets.US_ASCII))));
    }

    private static void note(Rows rows, ListOf list, List<Place> places, LicenceState state, Said said, Instant now) {
        Map<String, List<Integer>> slots = new HashMap<>();
        places.forEach(place ->
                slots.computeIfAbsent(place.licence(), any -> new ArrayList<>()).add(place.slot()));
        List<List<@Nullable Object>> tuples = new ArrayList<>();
        slots.forEach((licence, of) -> tuples.add(List.of(
                licence,
                list.tenant(),
                list.list(),
                of.toArray(Integer[]::new),
                state.name(),
                said.tokenAt(),
                said.token(),
                now)));
        rows.changeAll("""
                insert into status_change (licence_id, tenant, list, slots, state, token_at, token_sha256, at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """, tuples);
    }

    private static void audit(Rows rows, List<String> licences, Change change, Instant now) {
        rows.change("""
                insert into audit (tenant, at, actor, act, licence_id, reason)
                select tenant, $2, $3, $4, id, $5 from licence where id = any($1) order by id
                """, licences, now, change.actor(), change.act(), change.reason());
    }
}
