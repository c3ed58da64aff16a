package city.elicence.verifier.trust;

import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusToken;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status lists that companies sign themselves, as they were fetched: whether the right key signed, the check of what refers to a
 * list tells. No ledger says that there is a newer one, so they are asked for again all the time.
 */
final class CompanyLists {
    private static final Logger LOG = LoggerFactory.getLogger(CompanyLists.class);
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_LISTS = 10_000;

    private final BoundedFetch fetch;
    private final Clock clock;
    private final Map<URI, Fetched> known = new ConcurrentHashMap<>();

    private record Fetched(String token, Instant at) {}

    CompanyLists(BoundedFetch fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Those that are known, unverified. */
    List<String> tokens(Collection<URI> lists) {
        List<String> tokens = new ArrayList<>();
        for (URI list : lists) {
            Fetched held = known.get(list);
            if (held != null) {
                tokens.add(held.token());
            }
        }
        return tokens;
    }

    boolean isKnown(URI list) {
        return known.containsKey(list);
    }

    boolean isOutdated(URI list) {
        Fetched held = known.get(list);
        return held == null || !clock.instant().isBefore(held.at().plus(FRESH));
    }

    /** Fetches a list; the caller vouches that its address stood in something that a licensed company signed. */
    boolean fetchFromVerifiedAddress(URI list) {
        Instant asked = clock.instant();
        return fetch.get(list, List.of(StatusListToken.MEDIA_TYPE), MOST_BYTES)
                .map(fetched -> {
                    if (known.size() >= MOST_LISTS) {
                        known.clear();
                    }
                    known.put(
                            list,
                            new Fetched(
                                    StatusToken.text(
                                            fetched.mediaType(),
                                            fetched.octets().getBytes()),
                                    asked));
                    return true;
                })
                .recover(failure -> {
                    LOG.warn(
                            "company's list not fetched: {}", failure.getClass().getSimpleName());
                    return Future.succeededFuture(false);
                })
                .await();
    }
}
