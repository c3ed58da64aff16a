package city.elicence.company.request;

import city.elicence.company.consent.Consents;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Tables;
import city.elicence.company.receipt.Receipts;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answers on their way. Before one leaves, the receipts of what it shows are on the disk; when it is known what became of it, they
 * become the company's receipts in the commit that says so, or go.
 */
public final class Sending {
    /** Longer than an exchange with a verifier can last: after it, nobody in this process is at work on the answer. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(60);

    private static final int MOST_AT_ONCE = 50;

    private final Tables tables;
    private final Vault vault;
    private final Receipts receipts;
    private final Consents consents;
    private final Clock clock;

    public Sending(Tables tables, Vault vault, Receipts receipts, Consents consents, Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.receipts = receipts;
        this.consents = consents;
        this.clock = clock;
    }

    /** An answer of which it is not known whether it arrived. */
    record Unknown(
            String request,
            String company,
            @Nullable String consent,
            @Nullable String decidedBy) {}

    /** Notes an answer that a person wants sent. False where one is on its way already. */
    boolean begin(Company company, String request, List<Receipts.Written> written, String by) {
        return insert(tables, company, request, written, null, by);
    }

    /** Notes an answer under a consent and counts the use, both or neither. False where the consent has none left. */
    boolean begin(Company company, String request, List<Receipts.Written> written, Given under) {
        return tables.transaction(
                within -> !consents.take(within, Set.of(under.id())).isEmpty()
                        && insert(within, company, request, written, under.id(), null));
    }

    private boolean insert(
            Tables within,
            Company company,
            String request,
            List<Receipts.Written> written,
            @Nullable String consent,
            @Nullable String by) {
        return within.change(
                        """
                        insert into sending (request, company, sealed, consent_id, decided_by, next_at)
                        values ($1, $2, $3, $4, $5, $6) on conflict do nothing
                        """,
                        request,
                        company.id(),
                        sealed(request, written),
                        consent,
                        by,
                        clock.instant().plus(ON_ITS_WAY))
                == 1;
    }

    /** Whether an answer to that request is on its way. */
    boolean isOn(String request) {
        return tables.one("select 1 from sending where request = $1", request).isPresent();
    }

    /** The same answer is sent anew: it did not arrive. */
    void again(String request, List<Receipts.Written> written) {
        tables.change(
                "update sending set sealed = $2, next_at = $3 where request = $1",
                request,
                sealed(request, written),
                clock.instant().plus(ON_ITS_WAY));
    }

    /**
     * It arrived, as far as anyone can know.
     *
     * @param code null where the verifier said so
     */
    void arrived(Company company, String request, @Nullable String code) {
        tables.transaction(within -> {
            Row row = within.one(
                            "delete from sending where request = $1 returning sealed, consent_id, decided_by", request)
                    .orElseThrow();
            receipts.keep(within, company, written(request, row));
            return decided(within, request, row, Asked.State.ANSWERED, code);
        });
    }

    /** It was refused, and nothing of it counts. */
    void refused(String request, String code) {
        tables.transaction(within -> {
            Row row = within.one("delete from sending where request = $1 returning consent_id, decided_by", request)
                    .orElseThrow();
            return decided(within, request, row, Asked.State.REFUSED, code);
        });
    }

    /** It never arrived, and waits for a person again. */
    void notArrived(String request) {
        tables.change("delete from sending where request = $1", request);
    }

    /** Nobody knows: it is found out in the next round, and ever more seldom. */
    void unknown(String request) {
        tables.change("""
                update sending set tries = tries + 1, next_at = $2 + (least(power(2, least(tries, 10)), 600) - 1) * interval '1 second'
                where request = $1
                """, request, clock.instant());
    }

    /** Those to find out about now. */
    List<Unknown> due() {
        return tables
                .all(
                        "select request, company, consent_id, decided_by from sending where next_at <= $1 order by next_at limit $2",
                        clock.instant(),
                        MOST_AT_ONCE)
                .stream()
                .map(row -> new Unknown(
                        row.getString("request"),
                        row.getString("company"),
                        row.getString("consent_id"),
                        row.getString("decided_by")))
                .toList();
    }

    private int decided(Tables within, String request, Row row, Asked.State state, @Nullable String code) {
        return within.change(
                "update request set state = $2, code = $3, consent_id = $4, decided_by = $5, decided_at = $6 where id = $1",
                request,
                state.text(),
                code,
                row.getString("consent_id"),
                row.getString("decided_by"),
                clock.instant());
    }

    private byte[] sealed(String request, List<Receipts.Written> written) {
        List<Object> list = new ArrayList<>();
        written.forEach(receipt -> list.add(receipt.toJson()));
        return vault.seal(place(request), Json.write(Map.of("receipts", list)));
    }

    private List<Receipts.Written> written(String request, Row row) {
        try {
            List<Receipts.Written> written = new ArrayList<>();
            String opened = vault.open(place(request), Tables.bytes(row, "sealed"));
            for (Map<String, Object> receipt : Fields.parse(opened).objects("receipts")) {
                written.add(Receipts.Written.fromJson(Fields.of(receipt)));
            }
            return written;
        } catch (JsonException unreadable) {
            throw new IllegalStateException("the receipts of an answer on its way cannot be read", unreadable);
        }
    }

    private static String place(String request) {
        return "sending/" + request;
    }
}
