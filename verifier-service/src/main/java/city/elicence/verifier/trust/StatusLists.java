package city.elicence.verifier.trust;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.verifier.VerifierSettings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status lists that this verifier knows (Token Status List §8): fetched from addresses that stood in verified
 * credentials and from nowhere else, checked, kept in memory decoded once a version, and in the database for a restart.
 */
final class StatusLists {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLists.class);
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final int MOST_LISTS = 10_000;
    private static final Duration LEDGER_SKEW = Duration.ofSeconds(5);

    private final BoundedFetch fetch;
    private final Pool pool;
    private final StatusTokens tokens;
    private final Suites suites;
    private final Supplier<TrustView> trust;
    private final IssuerChains chains;
    private final Duration freshFor;
    private final Clock clock;
    private final Map<URI, StatusKnowledge> known = new ConcurrentHashMap<>();
    private final Map<URI, Future<Boolean>> underWay = new ConcurrentHashMap<>();

    StatusLists(
            BoundedFetch fetch,
            Pool pool,
            Supplier<TrustView> trust,
            IssuerChains chains,
            VerifierSettings settings,
            Clock clock) {
        this.suites = settings.suites();
        this.tokens = new StatusTokens(new PartyTrust(suites));
        this.fetch = fetch;
        this.pool = pool;
        this.trust = trust;
        this.chains = chains;
        this.freshFor = settings.statusFreshFor();
        this.clock = clock;
    }

    /** What is known of a list, from memory. */
    Optional<StatusKnowledge> known(URI list) {
        return Optional.ofNullable(known.get(list)).map(this::asTheLedgerSaysNow);
    }

    /** What was the anchored version when it was fetched is not any more once its issuer has anchored another. */
    private StatusKnowledge asTheLedgerSaysNow(StatusKnowledge held) {
        boolean replaced = trust.get()
                .statusHead(held.signedBy(), held.uri())
                .filter(head -> !head.tokenSha256().equals(StatusToken.sha256(held.token())))
                .filter(head -> held.issuedAt().getEpochSecond() < head.version())
                .isPresent();
        if (!replaced || held.anchoring() == StatusKnowledge.Anchoring.OLDER) {
            return held;
        }
        return new StatusKnowledge(
                held.uri(),
                held.signedBy(),
                held.list(),
                held.issuedAt(),
                held.expires(),
                held.fetchedAt(),
                StatusKnowledge.Anchoring.OLDER,
                held.token());
    }

    /** Whether what is known of a list should be fetched again before it is relied on. */
    boolean isOutdated(URI list) {
        StatusKnowledge knowledge = known.get(list);
        return knowledge == null
                || !clock.instant().isBefore(knowledge.fetchedAt().plus(freshFor));
    }

    /**
     * Fetches a list; calls for the same list that come meanwhile share the answer. The caller vouches that the address
     * stood in a credential whose issuer was verified: this service fetches nothing that a stranger names.
     *
     * @return whether something usable came
     */
    boolean fetchFromVerifiedAddress(URI list) {
        if (known.size() >= MOST_LISTS && !known.containsKey(list)) {
            return false;
        }
        Future<Boolean> fetching = underWay.computeIfAbsent(list, uri -> fetch(uri));
        try {
            return fetching.await();
        } finally {
            underWay.remove(list, fetching);
        }
    }

    private Future<Boolean> fetch(URI list) {
        Instant asked = clock.instant();
        return fetch.get(list, StatusToken.MEDIA_TYPES, MOST_BYTES)
                .map(found -> take(
                        list, StatusToken.text(found.mediaType(), found.octets().getBytes()), asked))
                .recover(failure -> {
                    LOG.warn("status list not fetched: {}", failure.getClass().getSimpleName());
                    return Future.succeededFuture(false);
                });
    }

    private boolean take(URI list, String token, Instant fetchedAt) {
        return switch (tokens.verify(token, list, trust.get(), fetchedAt)) {
            case StatusVerdict.Known found -> keepIfNewer(found.knowledge());
            case StatusVerdict.Rejected rejected -> {
                LOG.warn("status list refused: {}", rejected.refusal().code());
                yield false;
            }
        };
    }

    private boolean keepIfNewer(StatusKnowledge taken) {
        URI list = taken.uri();
        StatusKnowledge before = known.get(list);
        if (before != null && before.issuedAt().isAfter(taken.issuedAt())) {
            // A host, or someone between, that answers with an older list does not turn knowledge back.
            return false;
        }
        known.put(list, taken);
        learnChain(taken);
        save(taken);
        return true;
    }

    private void learnChain(StatusKnowledge taken) {
        try {
            StatusToken.read(taken.token())
                    .certificates(suites)
                    .ifPresent(chain -> chains.learn(taken.signedBy(), chain.toX5c()));
        } catch (StatusException impossible) {
            throw new IllegalStateException("a verified token can be read", impossible);
        }
    }

    private void save(StatusKnowledge knowledge) {
        pool.preparedQuery("""
                        insert into status_list (uri, issuer_did, token, fetched_at) values ($1, $2, $3, $4)
                        on conflict (uri) do update set issuer_did = excluded.issuer_did, token = excluded.token,
                          fetched_at = excluded.fetched_at""")
                .execute(Tuple.of(
                        knowledge.uri().toString(),
                        knowledge.signedBy().toString(),
                        knowledge.token(),
                        OffsetDateTime.ofInstant(knowledge.fetchedAt(), ZoneOffset.UTC)))
                .onFailure(failure ->
                        LOG.warn("status list not saved: {}", failure.getClass().getSimpleName()));
    }

    /** Starts from what was known at the last stop: each token is checked again. */
    void restore() {
        for (Row row : pool.preparedQuery("select uri, token, fetched_at from status_list limit $1")
                .execute(Tuple.of(MOST_LISTS))
                .await()) {
            URI list = URI.create(row.getString("uri"));
            Instant fetchedAt = row.getOffsetDateTime("fetched_at").toInstant();
            if (tokens.verify(row.getString("token"), list, trust.get(), fetchedAt)
                    instanceof StatusVerdict.Known found) {
                known.put(list, found.knowledge());
            }
        }
    }

    /** Fetches a list when what is held is not the version that its issuer anchored last, or nothing is held. */
    void fetchIfBehindLedger(URI list) {
        StatusKnowledge held = known.get(list);
        if (held == null) {
            fetchFromVerifiedAddress(list);
            return;
        }
        boolean behind = trust.get()
                .statusHead(held.signedBy(), list)
                .filter(head -> !head.tokenSha256().equals(StatusToken.sha256(held.token())))
                // By time, not by version, which may be a counter; an answer too many costs one fetch.
                .filter(head -> !head.at().isBefore(held.fetchedAt().minus(LEDGER_SKEW)))
                .isPresent();
        if (behind) {
            fetchFromVerifiedAddress(list);
        }
    }

    /** Fetches a list that is known no longer freshly, or not at all. */
    void fetchIfOutdated(URI list) {
        if (isOutdated(list)) {
            fetchFromVerifiedAddress(list);
        }
    }

    /** All that is known, for a snapshot. */
    Map<URI, StatusKnowledge> all() {
        return Map.copyOf(known);
    }
}
