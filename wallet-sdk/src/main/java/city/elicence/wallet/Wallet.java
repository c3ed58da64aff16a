package city.elicence.wallet;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.authorise.StandingConsent;
import city.elicence.wallet.authorise.StandingConsents;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.port.ProximityTransport;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.present.Presented;
import city.elicence.wallet.present.Presenter;
import city.elicence.wallet.proximity.NearbyConsent;
import city.elicence.wallet.proximity.NearbyDesk;
import city.elicence.wallet.proximity.NearbyReader;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.PendingReceipt;
import city.elicence.wallet.receive.Receiver;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.Cards;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Shelf;
import city.elicence.wallet.upkeep.Upkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A holder's wallet: receives licences, keeps them, shows what the holder agrees to show. Every method may use the
 * network or the disk, so call it off the main thread; calls are safe from any thread and run one at a time. What can be
 * refused is an {@link Outcome}; the others throw {@link UncheckedIOException} when this device's store is broken.
 */
public final class Wallet {
    private final Shelf shelf;
    private final Cards cards;
    private final Receiver receiver;
    private final Presenter presenter;
    private final Upkeep upkeep;
    private final StandingConsents consents;
    private final NearbyDesk nearby;

    public Wallet(WalletParts parts) {
        Exchange exchange = new Exchange(parts.http());
        Vouching vouching = new Vouching(parts.trust(), parts.clock());
        this.shelf = new Shelf(parts.store(), parts.suites());
        this.cards = new Cards(shelf, parts.keys(), parts.clock());
        this.receiver = new Receiver(parts, exchange, shelf, vouching);
        this.presenter = new Presenter(parts, exchange, shelf, vouching);
        this.upkeep = new Upkeep(parts, exchange, shelf);
        this.consents = new StandingConsents(shelf, parts.clock());
        this.nearby = new NearbyDesk(parts, shelf, vouching);
    }

    /** Reads a scanned or tapped offer (OpenID4VCI section 4.1): who gives what. Nothing is accepted yet. */
    public Outcome<OfferPreview> readOffer(String text) {
        return outcome(() -> receiver.read(text));
    }

    /**
     * Accepts an offer: asks, verifies, stores.
     *
     * @param txCode the code that the issuer gave by another way; null where {@code offer.txCode()} is null
     */
    public Outcome<Receiving> accept(OfferPreview offer, @Nullable String txCode) {
        return outcome(() -> receiver.accept(offer, txCode));
    }

    /** Goes on after the holder has signed in: {@code redirectedTo} is the whole address that the browser opened. */
    public Outcome<Receiving> signedIn(String redirectedTo) {
        return outcome(() -> receiver.signedIn(redirectedTo));
    }

    /** What was accepted and has not arrived: after a crash, a lost network, or while the issuer takes its time. */
    public List<PendingReceipt> pending() {
        return stored(receiver::pending);
    }

    /** Goes on where it stopped. To ask again for what may already have been given does no harm. */
    public Outcome<Receiving> resume(String pendingId) {
        return outcome(() -> receiver.resume(pendingId));
    }

    /** Gives up what is pending and deletes its keys; cards that have arrived stay. Tells whether there was such a one. */
    public boolean forget(String pendingId) {
        return stored(() -> receiver.forget(pendingId));
    }

    /** All cards, oldest first. */
    public List<Card> cards() {
        return stored(cards::all);
    }

    /** Reads a scanned or tapped request (OpenID4VP section 5): who asks what. Nothing was answered yet, refused or not. */
    public Outcome<Consent> readRequest(String text) {
        return outcome(() -> presenter.read(text));
    }

    /**
     * Tells who sent a request that {@link #readRequest(String)} refused what is wrong with it (OpenID4VP section 8.5), once the holder
     * agrees (section 15.1). Refused as {@code not-found} where there is nobody to tell, or nothing.
     *
     * @param text the same that was read
     * @see #hasToTell(String)
     */
    public Outcome<Presented> tellRefused(String text) {
        return outcome(() -> presenter.tell(text));
    }

    /** Whether there is somebody to tell of a request that was refused, and something. */
    public synchronized boolean hasToTell(String text) {
        return presenter.hasToTell(text);
    }

    /** Discloses what was chosen, and nothing else, to who asked, and to nobody else. */
    public Outcome<Presented> present(Consent consent, Choice choice) {
        return outcome(() -> presenter.present(consent, choice, null));
    }

    /**
     * Answers with nobody asked, where a standing consent covers all that would be disclosed; the history names the
     * consent. A company's wallet does so; where it is refused, a person decides.
     */
    public Outcome<Presented> presentAsConsented(Consent consent) {
        return outcome(() -> presenter.present(
                consent, consent.suggested(), consents.covering(consent).id()));
    }

    /**
     * Answers with what was chosen under a consent that the caller keeps and has found to cover it; the history names it.
     */
    public Outcome<Presented> presentUnder(String consentId, Consent consent, Choice choice) {
        return outcome(() -> presenter.present(consent, choice, consentId));
    }

    /** The standing consents, the one that ends first before the others. */
    public List<StandingConsent> consents() {
        return stored(consents::all);
    }

    /** Gives a word in advance, from now on: this verifier may see these claims of this type until then. */
    public StandingConsent giveConsent(
            String verifierDid, String type, Set<ClaimPath> claims, String purpose, Instant until) {
        return stored(() -> consents.give(verifierDid, type, claims, purpose, until));
    }

    /** Takes it back, at once. Tells whether there was such a one. */
    public boolean withdrawConsent(String consentId) {
        return stored(() -> consents.withdraw(consentId));
    }

    /** Tells the verifier that the holder said no ({@code access_denied}); nothing about why. */
    public Outcome<Presented> deny(Consent consent) {
        return outcome(() -> presenter.deny(consent));
    }

    /**
     * The code to show a verifier with no network, good for 30 seconds: ask again before it runs out.
     *
     * @param claims the claims to disclose, beside those that are always disclosed
     */
    public Outcome<OfflineShowing> offlineCode(String cardId, Set<ClaimPath> claims) {
        return outcome(() -> presenter.offline(cardId, claims));
    }

    /** Fetches the anchor receipts that are not there yet, and checks them. Returns how many came. */
    public int fetchReceipts() {
        return stored(upkeep::fetchReceipts);
    }

    /** Learns from the issuers which cards are suspended or revoked. Returns about how many cards it could learn. */
    public int refreshStatus() {
        return stored(upkeep::refreshStatus);
    }

    /**
     * Fetches the picture that the issuer's metadata name for this card, once, and keeps it with the card: nobody learns when a card is
     * looked at. Best called when the card has come; an app that has drawings of its own for a type need not. Without an answer it is
     * {@link Reason#NETWORK}; a card with no such picture comes back as it is.
     */
    public Outcome<Card> fetchLogo(String cardId) {
        return outcome(() -> upkeep.fetchLogo(cardId));
    }

    /** Who saw what, when; newest first. */
    public List<HistoryEntry> history() {
        return stored(shelf::history);
    }

    /** Deletes a card, its keys and its receipts; what is left is a line in the history. */
    public Outcome<Card> delete(String cardId) {
        return outcome(() -> cards.delete(cardId));
    }

    /** Deletes all there is: cards, keys, history. Returns how many cards there were. */
    public int deleteEverything() {
        return stored(() -> {
            for (PendingReceipt pending : receiver.pending()) {
                receiver.forget(pending.id());
            }
            return cards.deleteAll();
        });
    }

    /** Begins a session with a reader that is near (ISO/IEC 18013-5): show its QR code, then wait for the request. */
    public NearbyReader engage(ProximityTransport transport) {
        return new NearbyReader(transport);
    }

    /** Waits for what the reader asks, without keeping others from the wallet. */
    public Outcome<NearbyConsent> readRequest(NearbyReader reader, Duration within) {
        byte[] message;
        try {
            message = reader.await(within);
        } catch (IOException gone) {
            message = null;
        }
        byte[] received = message;
        return outcome(() -> {
            if (received == null) {
                throw new RefusedException(Reason.NETWORK, "no reader asked");
            }
            return nearby.consent(reader, received);
        });
    }

    /** Shows these cards to the reader that asked, and ends the session. Returns how many documents were shown. */
    public Outcome<Integer> present(NearbyConsent consent, Set<String> cardIds, boolean strangersAccepted) {
        return outcome(() -> nearby.present(consent, cardIds, strangersAccepted));
    }

    /** Ends the session and shows nothing. */
    public Outcome<Boolean> deny(NearbyConsent consent) {
        return outcome(() -> nearby.deny(consent));
    }

    private interface Step<T> {
        T run() throws RefusedException;
    }

    private synchronized <T> Outcome<T> outcome(Step<T> step) {
        try {
            return new Outcome.Done<>(step.run());
        } catch (RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    /** For what can only fail because this device's own store does. */
    private synchronized <T> T stored(Step<T> step) {
        try {
            return step.run();
        } catch (RefusedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
