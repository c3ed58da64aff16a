package city.elicence.issuer.offer;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders of many licences from one file. The rows are checked one by one while the clerk watches; if each is good all offers
 * are made in one transaction, and otherwise none is: a bad row, a crash and a lost connection leave nothing half done.
 */
public final class BulkDesk {
    private static final Logger LOG = LoggerFactory.getLogger(BulkDesk.class);
    private static final int TELL_EVERY_ROWS = 25;
    private static final int MAX_PROBLEM_ROWS = 500;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Store store;
    private final Vault vault;
    private final OfferDesk offers;
    private final Addresses addresses;
    private final Clock clock;

    public BulkDesk(Store store, Vault vault, OfferDesk offers, Addresses addresses, Clock clock) {
        this.store = store;
        this.vault = vault;
        this.offers = offers;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * Reads the file and begins its check; returns the order's id.
     *
     * @param together how many lines, one after the other, are for one holder and go into one offer: 1 to 20
     */
    public String begin(Tenant tenant, String clerk, String typeId, byte[] file, boolean txCode, int together) {
        CredentialType type = offers.typeFor(tenant, typeId);
        if (OfferDesk.isIssuedByTwo(type)) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.SECOND_PERSON_NEEDED,
                    "a licence of this type is ordered by itself, by two persons");
        }
        if (type.twoPersons().contains("issue")) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.SECOND_PERSON_NEEDED, "two persons issue this type, one licence at a time");
        }
        List<ClaimSheet.Row> rows = ClaimSheet.read(type, file);
        String id = Secret.freshName();
        Instant now = clock.instant();
        int kept = store.direct().change("""
                        insert into bulk (id, tenant, type_id, created_by, created_at, size, touched_at, state)
                        values ($1, $2, $3, $4, $5, $6, $5, 'checking')
                        """, id, tenant.id(), type.id(), clerk, now, rows.size());
        assert kept == 1;
        Thread.ofVirtual().name("issuer-bulk").start(() -> {
            try {
                work(new Order(id, tenant, clerk, type, txCode, together), rows);
            } catch (RuntimeException fault) {
                // Nothing was made; the order shows as interrupted once it has been silent for a while.
                LOG.warn("a bulk order ended early: {}", fault.getClass().getName());
            }
        });
        return id;
    }

    private record Order(String id, Tenant tenant, String clerk, CredentialType type, boolean txCode, int together) {}

    private record Good(int line, OfferDesk.Checked checked) {}

    private record Bad(int line, List<Problem.Field> fields) {}

    private void work(Order order, List<ClaimSheet.Row> rows) {
        List<Good> good = new ArrayList<>();
        List<Bad> bad = new ArrayList<>();
        for (ClaimSheet.Row row : rows) {
            check(order, row, good, bad);
            int looked = good.size() + bad.size();
            if (looked % TELL_EVERY_ROWS == 0) {
                tell(store.direct(), order, looked, "checking");
            }
        }
        store.inTransaction(inside -> {
            if (bad.isEmpty()) {
                for (int from = 0; from < good.size(); from += order.together()) {
                    offer(inside, order, good.subList(from, Math.min(from + order.together(), good.size())));
                }
            } else {
                bad.stream().limit(MAX_PROBLEM_ROWS).forEach(each -> keep(inside, order, each));
            }
            tell(inside, order, rows.size(), bad.isEmpty() ? "offered" : "refused");
        });
    }

    private void check(Order order, ClaimSheet.Row row, List<Good> good, List<Bad> bad) {
        if (!row.problems().isEmpty()) {
            bad.add(new Bad(row.line(), row.problems()));
            return;
        }
        OfferRequest request =
                request(order, List.of(new OfferRequest.Licence(order.type().id(), row.claims(), null, Map.of())));
        try {
            good.add(new Good(row.line(), offers.check(order.tenant(), request, clock.instant())));
        } catch (Refused refused) {
            bad.add(new Bad(
                    row.line(),
                    refused.problem() instanceof Problem.Desk desk
                                    && !desk.fields().isEmpty()
                            ? desk.fields().stream()
                                    .filter(field -> !field.warning())
                                    .toList()
                            : List.of(new Problem.Field(
                                    "",
                                    "refused",
                                    refused.problem().text(),
                                    refused.problem().text(),
                                    false))));
        }
    }

    private static OfferRequest request(Order order, List<OfferRequest.Licence> licences) {
        return new OfferRequest(licences, OfferRequest.Grant.PRE_AUTHORIZED, order.txCode(), Duration.ZERO);
    }

    /** One offer of what was looked at line by line. */
    private void offer(Rows rows, Order order, List<Good> together) {
        List<OfferDesk.Checked> lines = together.stream().map(Good::checked).toList();
        OfferDesk.Checked all = new OfferDesk.Checked(
                request(
                        order,
                        lines.stream()
                                .flatMap(line -> line.request().licences().stream())
                                .toList()),
                lines.stream().flatMap(line -> line.types().stream()).toList(),
                lines.stream().flatMap(line -> line.warnings().stream()).toList());
        Offer offer = offers.make(rows, order.tenant(), order.clerk(), all, List.of(), clock.instant());
        String txCode = offer.txCode();
        for (int i = 0; i < together.size(); i++) {
            int line = together.get(i).line();
            rows.change(
                    "insert into bulk_row (bulk, line, offer_id, tx_code, licence_id) values ($1, $2, $3, $4, $5)",
                    order.id(),
                    line,
                    offer.id(),
                    txCode == null ? null : vault.seal(place(order.tenant(), order.id(), line), txCode),
                    offer.licences().get(i));
        }
    }

    private static void keep(Rows rows, Order order, Bad bad) {
        List<Object> fields = new ArrayList<>();
        bad.fields()
                .forEach(field -> fields.add(
                        Map.of("path", field.path(), "code", field.code(), "zh", field.zh(), "en", field.en())));
        rows.change(
                "insert into bulk_row (bulk, line, problems) values ($1, $2, $3)",
                order.id(),
                bad.line(),
                Json.write(Map.of("fields", fields)));
    }

    private void tell(Rows rows, Order order, int looked, String state) {
        rows.change(
                "update bulk set checked = $2, state = $3, touched_at = $4 where id = $1",
                order.id(),
                looked,
                state,
                clock.instant());
    }

    /** How an order stands, and at its end the refused rows, or each line's newest offer and whether a wallet came for that line. */
    public Map<String, Object> state(Tenant tenant, String id) {
        Row bulk = store.direct()
                .one(
                        "select type_id, size, checked, state, touched_at from bulk where id = $1 and tenant = $2",
                        id,
                        tenant.id())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such order"));
        String state = bulk.getString("state");
        boolean silent = state.equals("checking")
                && Rows.instant(bulk, "touched_at").plus(SILENCE).isBefore(clock.instant());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", bulk.getString("type_id"));
        json.put("state", silent ? "interrupted" : state);
        json.put("rows", (long) bulk.getInteger("size"));
        json.put("checked", (long) bulk.getInteger("checked"));
        List<Object> made = new ArrayList<>();
        List<Object> refused = new ArrayList<>();
        for (Row row : store.direct().all("""
                select line, coalesce(l.offer_id, r.offer_id) as offer_id, problems,
                    case when l.offer_id is distinct from r.offer_id then null else tx_code end as tx_code,
                    exists (select 1 from offer o join access_grant g on g.code = o.code where o.id = l.offer_id
                        and g.licences && array[l.id, l.id || '.mdoc']) as taken
                from bulk_row r left join offered_licence l on l.id = r.licence_id where bulk = $1 order by line
                """, id)) {
            (row.getString("offer_id") == null ? refused : made).add(line(tenant, id, row));
        }
        json.put("offers", made);
        json.put("refused", refused);
        return json;
    }

    private Map<String, Object> line(Tenant tenant, String id, Row row) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("line", (long) row.getInteger("line"));
        String offer = row.getString("offer_id");
        if (offer == null) {
            try {
                line.putAll(Json.parseObject(row.getString("problems")));
            } catch (JsonException unreadable) {
                throw new IllegalStateException("a refused row cannot be read", unreadable);
            }
        } else {
            line.put("link", Offer.linkTo(addresses.offer(tenant.id(), offer)));
            line.put("taken", row.getBoolean("taken"));
            Optional.ofNullable(row.getBuffer("tx_code"))
                    .ifPresent(kept -> line.put(
                            "tx_code", vault.open(place(tenant, id, row.getInteger("line")), kept.getBytes())));
        }
        return line;
    }

    private static String place(Tenant tenant, String bulk, int line) {
        return tenant.id() + "/bulk/" + bulk + "/" + line;
    }
}
