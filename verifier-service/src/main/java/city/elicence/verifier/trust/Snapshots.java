package city.elicence.verifier.trust;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.snapshot.TrustSnapshot;
import city.elicence.ledger.view.LedgerView;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A ledger view and status lists, frozen for a device that will have no network. */
final class Snapshots {
    private static final long MOST_SIZES_LOOKED_AT = 100_000;

    private Snapshots() {}

    static TrustSnapshot take(LedgerView view, Collection<StatusKnowledge> statuses) {
        List<LogHead> logHeads = new ArrayList<>();
        List<StatusHead> statusHeads = new ArrayList<>();
        for (Accreditation party : view.accreditations()) {
            logHeads.addAll(logHeads(view, party.did()));
            for (URI list : view.statusLists(party.did())) {
                view.statusHead(party.did(), list).ifPresent(statusHeads::add);
            }
        }
        return TrustSnapshot.asOf(view.asOf())
                .accreditations(view.accreditations())
                .types(view.types())
                .logHeads(logHeads)
                .statusHeads(statusHeads)
                .statuses(statuses)
                .build();
    }

    /** Receipts refer to any head that was ever anchored, not only to the newest. */
    private static List<LogHead> logHeads(LedgerView view, Did issuer) {
        List<LogHead> heads = new ArrayList<>();
        long newest = view.newestLogHead(issuer).map(LogHead::size).orElse(0L);
        for (long size = Math.max(1, newest - MOST_SIZES_LOOKED_AT); size <= newest; size++) {
            view.logHead(issuer, size).ifPresent(heads::add);
        }
        return heads;
    }
}
