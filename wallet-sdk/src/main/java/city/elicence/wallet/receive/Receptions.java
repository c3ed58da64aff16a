package city.elicence.wallet.receive;

import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The receptions that are written down. */
final class Receptions {
    private static final String KIND = "reception";
    private static final String PREFIX = KIND + "-";

    private final Shelf shelf;

    Receptions(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Oldest first. */
    List<Reception> all() throws RefusedException {
        List<Reception> receptions = new ArrayList<>();
        for (String name : shelf.names(KIND)) {
            Map<String, Object> json = shelf.read(name);
            if (json != null) {
                receptions.add(Shelf.parsed(json, Reception::fromJson));
            }
        }
        receptions.sort(Comparator.comparing(Reception::since).thenComparing(Reception::id));
        return receptions;
    }

    Reception get(String id) throws RefusedException {
        Reception found = find(id);
        if (found == null) {
            throw new RefusedException(Reason.NOT_FOUND, "no such reception");
        }
        return found;
    }

    @Nullable
    Reception find(String id) throws RefusedException {
        Map<String, Object> json = shelf.read(PREFIX + Shelf.safe(id));
        return json == null ? null : Shelf.parsed(json, Reception::fromJson);
    }

    void put(Reception reception) throws RefusedException {
        shelf.write(PREFIX + reception.id(), reception.toJson());
    }

    void delete(Reception reception) throws RefusedException {
        shelf.delete(PREFIX + reception.id());
    }
}
