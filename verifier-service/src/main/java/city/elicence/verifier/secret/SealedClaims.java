package city.elicence.verifier.secret;

import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** The claims of accepted checks as they stand in {@code check_verdict}: sealed, each for its tenant and check, so that none opens in another's row. */
public final class SealedClaims {
    private final Vault vault;

    public SealedClaims(Vault vault) {
        this.vault = vault;
    }

    /**
     * Seals the claims of a check.
     *
     * @param claims as JSON text
     */
    public Buffer seal(String tenant, String checkId, String claims) {
        return Buffer.buffer(vault.seal(place(tenant, checkId), claims));
    }

    /**
     * Opens what stands in a row.
     *
     * @param row with {@code sealed_claims} in it
     * @return the claims as JSON text; empty where the row has none, because the check was not accepted
     * @throws IllegalStateException when they were sealed for another row, or under another key
     */
    public Optional<String> open(Row row, String tenant, String checkId) {
        Buffer sealed = row.getBuffer("sealed_claims");
        return sealed == null ? Optional.empty() : Optional.of(vault.open(place(tenant, checkId), sealed.getBytes()));
    }

    private static String place(String tenant, String checkId) {
        return "verdict/" + tenant + '/' + checkId;
    }
}
