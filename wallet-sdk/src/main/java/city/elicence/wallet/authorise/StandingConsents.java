package city.elicence.wallet.authorise;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.store.Shelf;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The standing consents of a wallet: given, looked up at each request, withdrawn. */
public final class StandingConsents {
    private static final String KIND = "consent";
    private static final String PREFIX = KIND + "-";

    private final Shelf shelf;
    private final Clock clock;

    public StandingConsents(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** The one that ends first comes first. */
    public List<StandingConsent> all() throws RefusedException {
        List<StandingConsent> all = new ArrayList<>();
        for (String name : shelf.names(KIND)) {
            Map<String, Object> json = shelf.read(name);
            if (json != null) {
                all.add(Shelf.parsed(json, StandingConsent::fromJson));
            }
        }
        all.sort(Comparator.comparing(StandingConsent::until).thenComparing(StandingConsent::id));
        return all;
    }

    /** From now until then. */
    public StandingConsent give(String verifierDid, String type, Set<ClaimPath> claims, String purpose, Instant until)
            throws RefusedException {
        StandingConsent consent =
                new StandingConsent(Shelf.newId(), verifierDid, type, claims, purpose, clock.instant(), until);
        shelf.write(PREFIX + consent.id(), consent.toJson());
        return consent;
    }

    /** Whether there was such a one. From now on it covers nothing. */
    public boolean withdraw(String id) throws RefusedException {
        String name = PREFIX + Shelf.safe(id);
        boolean given = shelf.read(name) != null;
        shelf.delete(name);
        return given;
    }

    /** The consent under which this request is answered with nobody asked; refuses where there is none. */
    public StandingConsent covering(Consent request) throws RefusedException {
        for (StandingConsent consent : all()) {
            if (consent.covers(request, clock.instant())) {
                return consent;
            }
        }
        throw new RefusedException(Reason.NOT_CONSENTED, "expected a consent for this verifier, type and claims");
    }
}
