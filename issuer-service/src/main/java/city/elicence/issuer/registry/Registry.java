package city.elicence.issuer.registry;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.issuer.tenant.Signer;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Writes the tenants' rows. */
public final class Registry {
    private final Store store;
    private final Vault vault;
    private final Tenants tenants;
    private final Suites suites;

    public Registry(Store store, Vault vault, Tenants tenants, Suites suites) {
        this.suites = suites;
        this.store = store;
        this.vault = vault;
        this.tenants = tenants;
    }

    /** Adds a tenant, or replaces its names, roles, key and chain. Its request key stays what it was. */
    public void enrol(Enrolment enrolment, Instant now) {
        String id = enrolment.id();
        DocumentSigner documents = enrolment.documentSigner();
        Signer suite = enrolment.suiteSigner();
        if (suite != null && !suites.take(suite.key().suite())) {
            throw new IllegalArgumentException(
                    id + " is to sign by " + suite.key().suite() + ", expected " + suites);
        }
        store.direct()
                .change(
                        """
                        insert into tenant (id, did, name_zh, name_en, roles, chain, signing_key, request_key, enrolled_at,
                            document_chain, document_key, suite_chain, suite_key)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                        on conflict (id) do update set did = excluded.did, name_zh = excluded.name_zh,
                            name_en = excluded.name_en, roles = excluded.roles, chain = excluded.chain,
                            signing_key = excluded.signing_key, document_chain = excluded.document_chain,
                            document_key = excluded.document_key, suite_chain = excluded.suite_chain,
                            suite_key = excluded.suite_key
                        """,
                        id,
                        enrolment.did(),
                        enrolment.names().zh(),
                        enrolment.names().en(),
                        enrolment.roles(),
                        enrolment.chain().toX5c(),
                        sealed(id, "signing key", enrolment.key()),
                        sealed(id, "request key", SoftwareKey.generate()),
                        now,
                        documents == null ? null : documents.chain().toX5c(),
                        documents == null ? null : sealed(id, "document key", documents.key()),
                        suite == null ? null : suite.chain().toX5c(),
                        suite == null ? null : sealed(id, "suite key", suite.key()));
        tenants.reload();
    }

    /** Notes what the ledger lets a tenant issue. */
    void accredited(String id, Set<String> types, Instant now) {
        store.direct()
                .change(
                        "update tenant set accredited_types = $2, accredited_at = $3 where id = $1",
                        id,
                        List.copyOf(types),
                        now);
        tenants.reload();
    }

    private byte[] sealed(String tenant, String what, SoftwareKey key) {
        return vault.seal(tenant + "/" + what, Json.write(key.toPrivateJwk()));
    }
}
