package city.elicence.city.observe;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleProof;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Role;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.audit.Audit;
import city.elicence.ledger.audit.Finding;
import city.elicence.ledger.audit.LogProofs;
import city.elicence.ledger.view.Fact;
import city.elicence.ledger.view.LedgerView;
import city.elicence.ledger.view.LedgerWatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every transaction, has each head proven by its issuer, holds each act against the accreditations of its time, and looks at
 * what issuers serve. It needs a ledger to read and nothing else; addresses of reports are optional.
 */
public final class Observer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
    private static final String LEDGER = "ledger";

    private final LedgerReader ledger;
    private final List<URI> reportsAt;
    private final Pace pace;
    private final Clock clock;
    private final LedgerWatch watch;
    private final Issuers issuers;
    private final Alarms alarms;
    private final Lists lists;
    private final Tally tally = new Tally();
    private final Audit audit;
    private final Map<String, JsonObject> reports = new ConcurrentHashMap<>();
    private final List<Unproven> unproven = new ArrayList<>();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread following;
    private final Thread serving;
    private volatile Instant asOf = Instant.EPOCH;
    private final AtomicLong proven = new AtomicLong();
    private volatile boolean believed = true;

    /**
     * How often it looks.
     *
     * @param ledger pause between two looks at the ledger
     * @param served pause between two looks at what services serve; what is not served thrice is an alarm
     * @param provenWithin how long an issuer may take to prove a head
     */
    public record Pace(Duration ledger, Duration served, Duration provenWithin) {
        /** With this everything shows within ten seconds. */
        public static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    /** Two heads whose issuer has not shown yet that one extends the other. */
    private record Unproven(Did issuer, long first, long second, Instant since) {}

    private Observer(LedgerReader ledger, List<URI> reportsAt, Pace pace, Clock clock) {
        this.ledger = ledger;
        this.reportsAt = List.copyOf(reportsAt);
        this.pace = pace;
        this.clock = clock;
        this.watch = new LedgerWatch(ledger);
        this.issuers = new Issuers(ledger, watch::view);
        this.alarms = new Alarms(clock);
        this.lists = new Lists(issuers, alarms, clock);
        this.audit = Audit.live(new LaterToo());
        this.following = repeat("observer", pace.ledger(), this::follow);
        this.serving = repeat("observer-served", pace.served(), this::served);
    }

    /**
     * Starts to follow.
     *
     * @param reportsAt where services publish counts ({@code /oversight}); nothing that is believed depends on them
     */
    public static Observer start(LedgerReader ledger, List<URI> reportsAt, Pace pace, Clock clock) {
        Observer observer = new Observer(ledger, reportsAt, pace, clock);
        observer.following.start();
        observer.serving.start();
        return observer;
    }

    /** Asks the issuer; what it can not prove now is asked for again. */
    private final class LaterToo implements LogProofs {
        @Override
        public Optional<List<MerkleHash>> consistency(Did issuer, long first, long second) {
            Optional<List<MerkleHash>> proof = issuers.consistency(issuer, first, second);
            if (proof.isEmpty()) {
                unproven.add(new Unproven(issuer, first, second, clock.instant()));
            } else {
                proven.incrementAndGet();
            }
            return proof;
        }
    }

    private void follow() {
        if (!believed) {
            return;
        }
        try {
            Optional<String> contradiction = watch.forward(this::visit);
            asOf = clock.instant();
            alarms.ends("ledger-unreachable", LEDGER);
            if (contradiction.isPresent()) {
                believed = false;
                alarms.raise("ledger-contradicts-itself", watch.size(), contradiction.get());
            }
        } catch (LedgerException e) {
            alarms.begins(
                    "ledger-unreachable",
                    LEDGER,
                    e.reason() == LedgerException.Reason.NOT_TRUSTWORTHY
                            ? "the ledger does not prove what it answers"
                            : "the ledger does not answer");
        }
        proveLater();
    }

    private void visit(LedgerTransaction transaction, Optional<Fact> fact) {
        tally.count(transaction, fact);
        audit.visit(transaction, fact);
        for (Finding finding : audit.newFindings()) {
            alarms.raise(word(finding), finding.seqNo(), finding.what());
        }
        if (fact.isPresent() && fact.get() instanceof Fact.Used) {
            use(transaction);
        }
    }

    private static String word(Finding finding) {
        return finding.fault().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Only who may ask for licences uses them; the authority publishes keys of other kinds too. */
    private void use(LedgerTransaction transaction) {
        Did writer = Did.of(ledger.authority().namespace(), transaction.from());
        boolean allowed = writer.equals(ledger.authority())
                || watch.view()
                        .accreditation(writer)
                        .filter(party -> party.roles().contains(Role.VERIFIER))
                        .isPresent();
        if (!allowed) {
            alarms.raise(
                    "use-not-accredited", transaction.seqNo(), writer + " registered a use without being accredited");
        }
    }

    /** Heads that were not proven at once: an issuer that has moved, or one that can not. */
    private void proveLater() {
        LedgerView view = watch.view();
        unproven.removeIf(open -> {
            Optional<List<MerkleHash>> proof = issuers.consistency(open.issuer(), open.first(), open.second());
            Optional<LogHead> first = view.logHead(open.issuer(), open.first());
            Optional<LogHead> second = view.logHead(open.issuer(), open.second());
            String what = open.issuer() + ": " + open.second() + " entries are not shown to extend its " + open.first();
            if (proof.isPresent() && first.isPresent() && second.isPresent()) {
                if (MerkleProof.isConsistent(
                        open.first(),
                        MerkleHash.fromBase64Url(first.get().root()),
                        open.second(),
                        MerkleHash.fromBase64Url(second.get().root()),
                        proof.get())) {
                    proven.incrementAndGet();
                    alarms.ends("log-not-proven", what);
                } else {
                    alarms.raise("log-not-consistent", 0, what);
                }
                return true;
            }
            if (open.since().plus(pace.provenWithin()).isBefore(clock.instant())) {
                alarms.begins("log-not-proven", what, what);
            }
            return open.since().plus(Duration.ofHours(1)).isBefore(clock.instant());
        });
    }

    private void served() {
        lists.look(watch.view());
        for (URI address : reportsAt) {
            issuers.get(address.resolve("/oversight")).ifPresent(text -> {
                try {
                    reports.put(address.toString(), new JsonObject(text));
                } catch (io.vertx.core.json.DecodeException unreadable) {
                    LOG.info("a report is no JSON");
                }
            });
        }
    }

    /** All that there is to see. */
    JsonObject json() {
        JsonArray parties = new JsonArray();
        for (Accreditation party : watch.view().accreditations()) {
            JsonObject json = new JsonObject()
                    .put("did", party.did().value())
                    .put("id", party.did().base58())
                    .put(
                            "name",
                            new JsonObject()
                                    .put("zh", party.names().zh())
                                    .put("en", party.names().en()))
                    .put("issues", party.issues().size())
                    .put("asks", party.asks().size())
                    .put(
                            "entries",
                            watch.view()
                                    .newestLogHead(party.did())
                                    .map(LogHead::size)
                                    .orElse(0L));
            Instant frozen = party.frozenSince();
            parties.add(frozen == null ? json : json.put("frozen_since", frozen.toString()));
        }
        return new JsonObject()
                .put("transactions", watch.size())
                .put("root", watch.root())
                .put("authority", ledger.authority().value())
                .put("as_of", asOf.toString())
                .put("believed", believed)
                .put("heads_proven", proven.get())
                .put("alarms", alarms.json())
                .put("alarms_total", alarms.total())
                .put("parties", parties)
                .put("ledger", tally.json())
                .put("reports", new JsonArray(List.copyOf(reports.values())));
    }

    private Thread repeat(String name, Duration pause, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                do {
                    try {
                        work.run();
                    } catch (RuntimeException failed) {
                        LOG.warn(
                                "{} failed and goes on: {}",
                                name,
                                failed.getClass().getSimpleName());
                    }
                } while (!ending.await(pause.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                LOG.debug("{} ends", name);
            }
        });
    }

    @Override
    public void close() {
        ending.countDown();
        try {
            following.join(Duration.ofSeconds(5));
            serving.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        issuers.close();
    }
}
