package city.elicence.issuer.anchor;

import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerSigner;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the outbox: one round takes everything that waits, whatever its number, into at most one log head and one head for
 * each changed status list. When the ledger does not answer, rounds become rarer, and nobody else notices.
 */
public final class Anchoring {
    private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 6;

    private final Store store;
    private final Tenants tenants;
    private final LedgerSigners signers;
    private final LogAppender appender;
    private final HeadSender sender;
    private final IssuerSettings.Limits limits;
    private final Clock clock;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    /** Lists and logs whose last outcome this process does not know: at start, all of them. */
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    /** Why a tenant's heads do not reach the ledger, and when to try again. */
    record Trouble(String why, int failures, Instant next) {}

    public Anchoring(
            Store store,
            Tenants tenants,
            Ledger ledger,
            LedgerSigners signers,
            Addresses addresses,
            Renewal renewal,
            IssuerSettings settings,
            Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.signers = signers;
        this.appender = new LogAppender(store, settings);
        this.sender = new HeadSender(store, ledger, addresses, renewal);
        this.limits = settings.limits();
        this.clock = clock;
    }

    /** One round over all tenants that have something waiting. */
    public void round() {
        List<Row> waiting = store.direct().all("""
                        select tenant, kind, list, max(id) as up_to from outbox
                        where sent_at is null group by tenant, kind, list order by tenant, kind, list
                        """);
        for (Row row : waiting) {
            Instant now = clock.instant();
            Optional<Tenant> tenant = tenants.find(row.getString("tenant"));
            if (tenant.isPresent() && !isPausing(tenant.get(), now)) {
                work(tenant.get(), row, now);
            }
        }
    }

    private void work(Tenant tenant, Row row, Instant now) {
        boolean log = row.getString("kind").equals("log");
        if (log) {
            int appended;
            do {
                appended = appender.append(tenant, now);
            } while (appended == limits.anchorBatch());
        }
        Optional<LedgerSigner> signer = signers.signerFor(tenant.did());
        if (signer.isEmpty()) {
            trouble(tenant, "there is no key here that signs for this authority on the ledger", now);
            return;
        }
        String what = tenant.id() + "/" + (log ? "log" : "status/" + row.getInteger("list"));
        boolean readFirst = !known.containsKey(what);
        long upTo = row.getLong("up_to");
        HeadSender.Sent sent = log
                ? sender.sendLogHead(tenant, signer.get(), upTo, readFirst, now)
                : sender.sendStatusHead(tenant, signer.get(), row.getInteger("list"), upTo, readFirst, now);
        switch (sent) {
            case HeadSender.Sent.Done() -> {
                known.put(what, true);
                troubles.remove(tenant.id());
            }
            case HeadSender.Sent.NotYet() -> LOG.debug("{}: not signed yet", what);
            case HeadSender.Sent.NotNow(String why) -> {
                known.remove(what);
                trouble(tenant, why, now);
            }
            case HeadSender.Sent.No(String why) -> trouble(tenant, "refused: " + why, now);
        }
    }

    /** Why nothing of this tenant reaches the ledger now, if so. */
    Optional<Trouble> trouble(Tenant tenant) {
        return Optional.ofNullable(troubles.get(tenant.id()));
    }

    private boolean isPausing(Tenant tenant, Instant now) {
        Trouble trouble = troubles.get(tenant.id());
        return trouble != null && now.isBefore(trouble.next());
    }

    private void trouble(Tenant tenant, String why, Instant now) {
        int failures = 1 + trouble(tenant).map(Trouble::failures).orElse(0);
        Duration pause = limits.anchorEvery().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration capped = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        troubles.put(tenant.id(), new Trouble(why, failures, now.plus(capped)));
        if (failures == 1) {
            LOG.warn("{}: heads wait for the ledger: {}", tenant.id(), why);
        } else {
            LOG.debug("{}: heads wait for the ledger (try {}): {}", tenant.id(), failures, why);
        }
    }
}
