package city.elicence.wallet.town;

import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.StoredKeys;
import java.time.Instant;

/** One accredited issuer, one wallet, a ledger and a wire. */
public final class Town implements AutoCloseable {
    public final TownClock clock = new TownClock(Instant.parse("2026-11-23T08:00:00Z"));
    public final TownLedger ledger = new TownLedger(clock);
    public final Wire wire = new Wire();
    public final MemoryStore store = new MemoryStore();
    public final MemoryStore keyStore = new MemoryStore();
    public final TownIssuer issuer = new TownIssuer(Townsfolk.named("Traffic Police", clock.instant()), clock);
    public Wallet wallet;

    public Town() {
        ledger.mayIssue(issuer.party, "driving-licence", TownIssuer.VCT);
        wallet = new Wallet(parts());
    }

    public WalletParts parts() {
        return WalletParts.of(new StoredKeys(keyStore), store, () -> ledger)
                .withHttp(wire)
                .withClock(clock);
    }

    /** The process is started again on what it had stored. */
    public void restart() {
        wallet = new Wallet(parts());
    }

    public OfferPreview preview() {
        return wallet.readOffer(TownIssuer.link(issuer.offer())).orThrow();
    }

    /** A driving licence, received. */
    public Card licence() {
        Receiving receiving = wallet.accept(preview(), issuer.txCode).orThrow();
        return ((Receiving.Received) receiving).cards().get(0);
    }

    public static <T> Refusal refusal(Outcome<T> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("expected a refusal, found " + value);
                },
                refusal -> refusal);
    }

    @Override
    public void close() {
        issuer.server.close();
    }
}
