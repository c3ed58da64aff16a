package city.elicence.verifier.secret;

import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** A column of what people showed, or of what opens it: sealed, each value for its tenant and check, so that none opens in another's row. */
public final class SealedColumn {
    private final Vault vault;
    private final String kind;
    private final String name;

    private SealedColumn(Vault vault, String kind, String name) {
        this.vault = vault;
        this.kind = kind;
        this.name = name;
    }

    /** The claims of accepted checks, in {@code check_verdict}. */
    public static SealedColumn claims(Vault vault) {
        return new SealedColumn(vault, "verdict", "sealed_claims");
    }

    /** What wallets answered, in {@code check_response}, until there is a verdict. */
    public static SealedColumn vpTokens(Vault vault) {
        return new SealedColumn(vault, "response", "sealed_vp_token");
    }

    /** The private keys, in {@code check_request}, that open the answers to requests which are not answered yet. */
    public static SealedColumn encryptionKeys(Vault vault) {
        return new SealedColumn(vault, "request", "sealed_encryption_key");
    }

    /**
     * Seals the value of a check.
     *
     * @param json as text
     */
    public Buffer seal(String tenant, String checkId, String json) {
        return Buffer.buffer(vault.seal(place(tenant, checkId), json));
    }

    /**
     * Opens what stands in a row.
     *
     * @param row with this column in it
     * @return JSON text; empty where the row has none, because nothing was shown, it was not accepted, or nothing is to be opened
     * @throws IllegalStateException when it was sealed for another row, or under another key
     */
    public Optional<String> open(Row row, String tenant, String checkId) {
        Buffer sealed = row.getBuffer(name);
        return sealed == null ? Optional.empty() : Optional.of(vault.open(place(tenant, checkId), sealed.getBytes()));
    }

    private String place(String tenant, String checkId) {
        return kind + '/' + tenant + '/' + checkId;
    }
}
