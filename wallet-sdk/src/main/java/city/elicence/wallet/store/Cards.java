package city.elicence.wallet.store;

import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.KeyStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The cards, and their end. */
public final class Cards {
    private final Shelf shelf;
    private final KeyStore keys;
    private final Clock clock;

    public Cards(Shelf shelf, KeyStore keys, Clock clock) {
        this.shelf = shelf;
        this.keys = keys;
        this.clock = clock;
    }

    /** Oldest first. */
    public List<Card> all() throws RefusedException {
        List<Card> cards = new ArrayList<>();
        for (HeldLicence licence : shelf.licences()) {
            cards.add(CardFace.of(licence, clock.instant()));
        }
        return cards;
    }

    /** The record goes first: a crash between the two leaves keys that nothing needs, and never a card without keys. */
    public Card delete(String id) throws RefusedException {
        HeldLicence licence = shelf.held(id);
        Card card = CardFace.of(licence, clock.instant());
        shelf.deleteLicence(id);
        deleteKeys(licence);
        shelf.put(new HistoryEntry(
                Shelf.newId(),
                clock.instant(),
                HistoryEntry.Kind.DELETED,
                licence.issuer().name(),
                licence.issuer().id(),
                licence.name(),
                id,
                List.of(),
                null));
        return card;
    }

    /** Everything, history included. Returns how many cards there were. */
    public int deleteAll() throws RefusedException {
        List<HeldLicence> licences = shelf.licences();
        for (HeldLicence licence : licences) {
            deleteKeys(licence);
        }
        shelf.deleteAll();
        return licences.size();
    }

    private void deleteKeys(HeldLicence licence) {
        for (Copy copy : licence.copies()) {
            if (copy.bound()) {
                keys.delete(copy.keyAlias());
            }
        }
    }
}
