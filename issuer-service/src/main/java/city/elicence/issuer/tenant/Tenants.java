package city.elicence.issuer.tenant;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tenants, from their rows. Kept in memory, since each request needs one; {@link #reload} takes in what changed. */
public final class Tenants {
    private final Store store;
    private final Vault vault;
    private final Suites suites;
    private final Map<String, Tenant> byId = new ConcurrentHashMap<>();

    /**
     * Nobody is known before {@link #reload}.
     *
     * @param suites whose keys in the rows are used
     */
    public Tenants(Store store, Vault vault, Suites suites) {
        this.store = store;
        this.vault = vault;
        this.suites = suites;
    }

    public Optional<Tenant> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Tenant> all() {
        return List.copyOf(byId.values());
    }

    /** Reads every row again. */
    public void reload() {
        store.direct().all("select * from tenant").forEach(row -> {
            Tenant tenant = read(row);
            byId.put(tenant.id(), tenant);
        });
    }

    private Tenant read(Row row) {
        String id = row.getString("id");
        String[] types = row.getArrayOfStrings("accredited_types");
        try {
            return new Tenant(
                    id,
                    row.getString("did"),
                    new Tenant.Names(row.getString("name_zh"), row.getString("name_en")),
                    Rows.strings(row, "roles"),
                    opened(id, "signing key", Rows.bytes(row, "signing_key")),
                    opened(id, "request key", Rows.bytes(row, "request_key")),
                    CertificateChain.fromX5c(Rows.strings(row, "chain")),
                    suiteSigner(id, row),
                    documentSigner(id, row),
                    Tenant.Accredited.of(Optional.ofNullable(types).map(t -> Set.copyOf(Arrays.asList(t)))));
        } catch (JoseException | JsonException unreadable) {
            throw new IllegalStateException("the row of tenant " + id + " does not read", unreadable);
        }
    }

    /** None where its suite is not in use any more: the authority then signs by ES256. */
    private @Nullable Signer suiteSigner(String id, Row row) throws JoseException, JsonException {
        if (row.getBuffer("suite_key") == null) {
            return null;
        }
        Map<String, Object> jwk = jwk(id, "suite key", Rows.bytes(row, "suite_key"));
        boolean inUse = suites.all().stream().anyMatch(suite -> suite.curve().equals(jwk.get("crv")));
        return inUse
                ? new Signer(
                        SoftwareKey.fromJwk(jwk, suites),
                        CertificateChain.fromX5c(Rows.strings(row, "suite_chain"), suites))
                : null;
    }

    private @Nullable DocumentSigner documentSigner(String id, Row row) throws JoseException, JsonException {
        return row.getBuffer("document_key") == null
                ? null
                : new DocumentSigner(
                        opened(id, "document key", Rows.bytes(row, "document_key")),
                        CertificateChain.fromX5c(Rows.strings(row, "document_chain")));
    }

    private SoftwareKey opened(String tenant, String what, byte[] sealed) throws JoseException, JsonException {
        return SoftwareKey.fromJwk(jwk(tenant, what, sealed));
    }

    private Map<String, Object> jwk(String tenant, String what, byte[] sealed) throws JsonException {
        return Json.parseObject(vault.open(tenant + "/" + what, sealed));
    }
}
