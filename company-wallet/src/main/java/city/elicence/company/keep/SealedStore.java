package city.elicence.company.keep;

import city.elicence.wallet.port.CredentialStore;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A company's records in PostgreSQL, each sealed for its company and name: who can write to the database can delete them or bring
 * back old ones, and can neither read, alter nor swap them.
 */
public final class SealedStore implements CredentialStore {
    private final Tables tables;
    private final Vault vault;
    private final String company;

    public SealedStore(Tables tables, Vault vault, String company) {
        this.tables = tables;
        this.vault = vault;
        this.company = company;
    }

    @Override
    public void put(String name, String content) throws IOException {
        tried(() -> tables.change("""
                insert into record (company, name, sealed) values ($1, $2, $3)
                on conflict (company, name) do update set sealed = excluded.sealed
                """, company, name, vault.seal(place(name), content)));
    }

    @Override
    public @Nullable String get(String name) throws IOException {
        Optional<Row> row =
                tried(() -> tables.one("select sealed from record where company = $1 and name = $2", company, name));
        return row.isPresent() ? vault.open(place(name), Tables.bytes(row.get(), "sealed")) : null;
    }

    @Override
    public List<String> names() throws IOException {
        return tried(() -> tables.all("select name from record where company = $1", company).stream()
                .map(row -> row.getString("name"))
                .toList());
    }

    @Override
    public List<String> names(String kind) throws IOException {
        return tried(
                () -> tables
                        .all(
                                "select name from record where company = $1 and starts_with(name, $2)",
                                company,
                                kind + '-')
                        .stream()
                        .map(row -> row.getString("name"))
                        .toList());
    }

    /**
     * A digest of which records of a kind there are and in which version each of them (PostgreSQL's {@code xmin}): as long as it stays the
     * same, none has come, changed or gone.
     */
    public String state(String kind) {
        return tables.one("""
                        select coalesce(md5(string_agg(name || xmin, ',' order by name)), '') as state from record
                        where company = $1 and starts_with(name, $2)
                        """, company, kind + '-').orElseThrow().getString("state");
    }

    @Override
    public void delete(String name) throws IOException {
        tried(() -> tables.change("delete from record where company = $1 and name = $2", company, name));
    }

    private String place(String name) {
        return "record/" + company + '/' + name;
    }

    private interface Statement<T> {
        T run();
    }

    private static <T> T tried(Statement<T> statement) throws IOException {
        try {
            return statement.run();
        } catch (RuntimeException failed) {
            throw new IOException("the company's store does not answer: " + failed.getMessage(), failed);
        }
    }
}
