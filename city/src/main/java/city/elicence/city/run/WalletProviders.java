package city.elicence.city.run;

import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Role;
import city.elicence.ledger.view.LedgerView;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whose attestations of wallets and of their keys count: the parties that the ledger says are wallet providers, while they are
 * not frozen, and no other party of the city.
 *
 * @param strangers authorities beside those, which {@code issuer.properties} names
 */
record WalletProviders(Supplier<LedgerView> ledger, List<TrustAnchor> strangers, Clock clock)
        implements Supplier<Collection<TrustAnchor>> {
    WalletProviders {
        strangers = List.copyOf(strangers);
    }

    @Override
    public Collection<TrustAnchor> get() {
        Instant now = clock.instant();
        List<TrustAnchor> anchors = new ArrayList<>(strangers);
        for (Accreditation party : ledger.get().accreditations()) {
            if (party.roles().contains(Role.WALLET_PROVIDER) && !party.isFrozenAt(now)) {
                party.anchors().forEach(anchor -> of(anchor).ifPresent(anchors::add));
            }
        }
        return anchors;
    }

    /** Empty for what is no certificate: nobody's chain leads there. */
    private static Optional<TrustAnchor> of(Anchor anchor) {
        try {
            return Optional.of(new TrustAnchor(anchor.toCertificate(Suite.ES256), null));
        } catch (JsonException unreadable) {
            return Optional.empty();
        }
    }
}
