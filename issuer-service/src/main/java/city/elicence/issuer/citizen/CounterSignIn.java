package city.elicence.issuer.citizen;

import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-in by a code from the counter: a clerk has seen the citizen's papers and hands out eight digits, good for one sign-in
 * within half an hour and for five tries. There is no password, and so none to lose or to set to a default.
 */
public final class CounterSignIn implements CitizenSignIn {
    private static final Duration CODE_LIFE = Duration.ofMinutes(30);
    private static final int TRIES = 5;
    private static final int CODE_BOUND = 100_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Vault vault;

    public CounterSignIn(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** A code for a citizen, shown once; an earlier one is void. */
    public record Code(String digits, Instant expiresAt) {
        @Override
        public String toString() {
            return "Code";
        }
    }

    /** Hands out a code. */
    public Code handOut(Tenant tenant, Citizen citizen, Instant now) {
        String digits = "%08d".formatted(RANDOM.nextInt(CODE_BOUND));
        Instant expiresAt = now.plus(CODE_LIFE);
        store.direct()
                .change(
                        """
                        insert into citizen_code (tenant, citizen, code, tries_left, expires_at) values ($1, $2, $3, $4, $5)
                        on conflict (tenant, citizen) do update set code = excluded.code,
                            tries_left = excluded.tries_left, expires_at = excluded.expires_at
                        """,
                        tenant.id(),
                        vault.blind(tenant.id(), citizen.number()),
                        digest(tenant, citizen, digits),
                        TRIES,
                        expiresAt);
        return new Code(digits, expiresAt);
    }

    @Override
    public Step begin(Tenant tenant, String ticket, URI returnTo, Instant now) {
        return new Step.Form();
    }

    @Override
    public Optional<Citizen> finish(Tenant tenant, Map<String, String> brought, URI returnTo, Instant now) {
        String number = brought.getOrDefault("number", "");
        String code = brought.getOrDefault("code", "").strip();
        Citizen citizen;
        try {
            citizen = new Citizen(number);
        } catch (IllegalArgumentException notANumber) {
            return Optional.empty();
        }
        return store.transaction(rows -> redeem(rows, tenant, citizen, code, now));
    }

    private Optional<Citizen> redeem(Rows rows, Tenant tenant, Citizen citizen, String code, Instant now) {
        byte[] index = vault.blind(tenant.id(), citizen.number());
        Optional<Row> row = rows.one("""
            update citizen_code set tries_left = tries_left - 1
            where tenant = $1 and citizen = $2 and tries_left > 0 and expires_at > $3 returning code
            """, tenant.id(), index, now);
        if (row.isEmpty() || !MessageDigest.isEqual(Rows.bytes(row.get(), "code"), digest(tenant, citizen, code))) {
            return Optional.empty();
        }
        int used = rows.change("delete from citizen_code where tenant = $1 and citizen = $2", tenant.id(), index);
        return used == 1 ? Optional.of(citizen) : Optional.empty();
    }

    private byte[] digest(Tenant tenant, Citizen citizen, String digits) {
        return vault.blind(tenant.id() + "/sign-in/" + citizen.number(), digits);
    }
}
