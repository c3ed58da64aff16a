package city.elicence.issuer.proof;

import city.elicence.issuer.store.Rows;
import city.elicence.issuer.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Values that may be used once, kept until they would be refused for their age anyway. */
public final class Spent {
    private Spent() {}

    /** Whether this is the first use; commits or rolls back with the caller's transaction. */
    public static boolean firstUse(Rows rows, String kind, String value, Instant until) {
        return rows.change(
                        "insert into spent (kind, digest, until) values ($1, $2, $3) on conflict do nothing",
                        kind,
                        Secret.sha256(value.getBytes(StandardCharsets.UTF_8)),
                        until)
                == 1;
    }

    /** Forgets what nobody could use any more. */
    public static int sweep(Rows rows, Instant now) {
        return rows.change("delete from spent where until < $1", now);
    }
}
