package city.elicence.city.observe;

import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.ledger.view.LedgerView;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every status list as it is served: it must not be older than the ledger says, nor of a time to come, nor
 * past its own end.
 */
final class Lists {
    /** As much as verifiers allow. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final int MISSED_BEFORE_ALARM = 3;

    private final Issuers issuers;
    private final Alarms alarms;
    private final Clock clock;
    private final Map<URI, Integer> missed = new HashMap<>();

    Lists(Issuers issuers, Alarms alarms, Clock clock) {
        this.issuers = issuers;
        this.alarms = alarms;
        this.clock = clock;
    }

    void look(LedgerView view) {
        for (Accreditation party : view.accreditations()) {
            for (URI list : view.statusLists(party.did())) {
                // First what the ledger says, then what is served: the served one may be newer, never older.
                view.statusHead(party.did(), list).ifPresent(head -> look(list, head));
            }
        }
    }

    private void look(URI list, StatusHead head) {
        String about = list.toString();
        Optional<String> served = issuers.get(list);
        if (served.isEmpty()) {
            if (missed.merge(list, 1, Integer::sum) >= MISSED_BEFORE_ALARM) {
                alarms.begins("status-unreachable", about, list + " is not served");
            }
            return;
        }
        missed.remove(list);
        alarms.ends("status-unreachable", about);
        try {
            StatusListToken token = StatusListToken.parse(served.get().strip());
            alarms.ends("status-unreadable", about);
            Instant now = clock.instant();
            Optional<Instant> past = token.expires().filter(end -> end.isBefore(now));
            if (token.issuedAt().getEpochSecond() < head.version()) {
                alarms.begins(
                        "status-rolled-back",
                        about,
                        list + " is served as of " + token.issuedAt() + ", and the ledger has version "
                                + head.version());
            } else {
                alarms.ends("status-rolled-back", about);
            }
            if (token.issuedAt().isAfter(now.plus(SKEW))) {
                alarms.begins(
                        "status-dated-ahead",
                        about,
                        list + " is served as of " + token.issuedAt() + ", which is to come: verifiers refuse it");
            } else {
                alarms.ends("status-dated-ahead", about);
            }
            if (past.isPresent()) {
                alarms.begins("status-stale", about, list + " is served past its end, " + past.get());
            } else {
                alarms.ends("status-stale", about);
            }
        } catch (StatusException unreadable) {
            alarms.begins("status-unreadable", about, list + " does not serve a status list");
        }
    }
}
