package city.elicence.verifier.tenant;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The relying parties that this service answers for. One is added at run time: a row, not a deployment. */
public final class Tenants {
    private static final int MOST = 10_000;

    private final Pool pool;
    private final Clock clock;

    public Tenants(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Adds a relying party, or replaces its labels and certificates. Its DID never changes. */
    public void enrol(Tenant tenant) {
        int rows = pool.preparedQuery("""
                        insert into tenant (name, did, label_zh, label_en, chain, enrolled_at)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (name) do update
                          set label_zh = excluded.label_zh, label_en = excluded.label_en, chain = excluded.chain
                          where tenant.did = excluded.did""")
                .execute(Tuple.of(
                        tenant.name(),
                        tenant.did().toString(),
                        tenant.labelZh(),
                        tenant.labelEn(),
                        Json.write(tenant.chain().toX5c()),
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
                .await()
                .rowCount();
        if (rows != 1) {
            throw new IllegalStateException("tenant " + tenant.name() + " is enrolled under another DID");
        }
    }

    /** A relying party by name. */
    public Tenant require(String name) {
        return find(name).orElseThrow(() -> new CheckRefused(new Problem.UnknownTenant()));
    }

    /** A relying party by name, if it is here. */
    public Optional<Tenant> find(String name) {
        if (!Tenant.isName(name)) {
            return Optional.empty();
        }
        for (Row row : pool.preparedQuery("select name, did, label_zh, label_en, chain from tenant where name = $1")
                .execute(Tuple.of(name))
                .await()) {
            return Optional.of(read(row));
        }
        return Optional.empty();
    }

    /** All of them, by name. */
    public List<Tenant> all() {
        List<Tenant> all = new ArrayList<>();
        pool.preparedQuery("select name, did, label_zh, label_en, chain from tenant order by name limit $1")
                .execute(Tuple.of(MOST))
                .await()
                .forEach(row -> all.add(read(row)));
        return all;
    }

    private static Tenant read(Row row) {
        try {
            List<String> x5c = new ArrayList<>();
            if (Json.parse(row.getString("chain")) instanceof List<?> list) {
                list.forEach(item -> x5c.add(String.valueOf(item)));
            }
            return new Tenant(
                    row.getString("name"),
                    Did.parse(row.getString("did")),
                    row.getString("label_zh"),
                    row.getString("label_en"),
                    CertificateChain.fromX5c(x5c));
        } catch (JsonException | JoseException unreadable) {
            throw new IllegalStateException("a tenant's row cannot be read", unreadable);
        }
    }
}
