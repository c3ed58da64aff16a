package city.elicence.city.observe;

import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.ledger.view.LedgerView;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks at every status list as it is served: it must not be older than the ledger says, nor past its own end. */
final class Lists {
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
        Optional<String> served = issuers.get(list);
        if (served.isEmpty()) {
            if (missed.merge(list, 1, Integer::sum) >= MISSED_BEFORE_ALARM) {
                alarms.raise("status-unreachable", 0, list + " is not served");
            }
            return;
        }
        missed.remove(list);
        alarms.over("status-unreachable", list + " is not served");
        try {
            StatusListToken token = StatusListToken.parse(served.get().strip());
            Instant now = clock.instant();
            if (token.issuedAt().getEpochSecond() < head.version()) {
                alarms.raise(
                        "status-rolled-back",
                        0,
                        list + " is served as of " + token.issuedAt() + ", and the ledger has version "
                                + head.version());
            }
            if (token.expires().filter(end -> end.isBefore(now)).isPresent()) {
                alarms.raise(
                        "status-stale",
                        0,
                        list + " is served past its end, " + token.expires().get());
            }
        } catch (StatusException unreadable) {
            alarms.raise("status-unreadable", 0, list + " does not serve a status list");
        }
    }
}
