package city.elicence.wallet;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.OfflineShowing;
import city.elicence.wallet.present.Presented;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.PendingReceipt;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A holder's wallet: receives licences, keeps them, shows what the holder agrees to show. Every method may use the
 * network or the disk, so call it off the main thread; calls are safe from any thread and run one at a time.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies follow
public final class Wallet {
    private final WalletParts parts;

    public Wallet(WalletParts parts) {
        this.parts = parts;
    }

    /** Reads a scanned or tapped offer (OpenID4VCI section 4.1): who gives what. Nothing is accepted yet. */
    public Outcome<OfferPreview> readOffer(String text) {
        throw unwritten(text);
    }

    /**
     * Accepts an offer: asks, verifies, stores.
     *
     * @param txCode the code that the issuer gave by another way; null where {@code offer.txCode()} is null
     */
    public Outcome<Receiving> accept(OfferPreview offer, @Nullable String txCode) {
        throw unwritten(offer);
    }

    /** Goes on after the holder has signed in: {@code redirectedTo} is the whole address that the browser opened. */
    public Outcome<Receiving> signedIn(String redirectedTo) {
        throw unwritten(redirectedTo);
    }

    /** What was accepted and has not arrived: after a crash, a lost network, or while the issuer takes its time. */
    public List<PendingReceipt> pending() {
        throw unwritten("");
    }

    /** Goes on where it stopped. To ask again for what may already have been given does no harm. */
    public Outcome<Receiving> resume(String pendingId) {
        throw unwritten(pendingId);
    }

    /** Gives up a pending receipt and deletes its keys. */
    public void forget(String pendingId) {
        throw unwritten(pendingId);
    }

    public List<Card> cards() {
        throw unwritten("");
    }

    /** Reads a scanned or tapped request (OpenID4VP section 5): who asks what. Nothing was answered yet. */
    public Outcome<Consent> readRequest(String text) {
        throw unwritten(text);
    }

    /** Discloses what was chosen, and nothing else, to who asked, and to nobody else. */
    public Outcome<Presented> present(Consent consent, Choice choice) {
        throw unwritten(choice);
    }

    /** Tells the verifier that the holder said no ({@code access_denied}); nothing about why. */
    public Outcome<Presented> deny(Consent consent) {
        throw unwritten(consent);
    }

    /**
     * The code to show a verifier with no network, good for 30 seconds: ask again before it runs out.
     *
     * @param claims the claims to disclose, beside those that are always disclosed
     */
    public Outcome<OfflineShowing> offlineCode(String cardId, Set<ClaimPath> claims) {
        throw unwritten(claims);
    }

    /** Fetches the anchor receipts that are not there yet, and checks them. Returns how many came. */
    public int fetchReceipts() {
        throw unwritten("");
    }

    /** Learns from the issuers which cards are suspended or revoked. Returns how many cards it could learn about. */
    public int refreshStatus() {
        throw unwritten("");
    }

    /** Who saw what, when; newest first. */
    public List<HistoryEntry> history() {
        throw unwritten("");
    }

    /** Deletes a card, its keys and its receipts. */
    public Outcome<Card> delete(String cardId) {
        throw unwritten(cardId);
    }

    /** Deletes all there is: cards, keys, history. */
    public void deleteEverything() {
        throw unwritten("");
    }

    private UnsupportedOperationException unwritten(Object input) {
        return new UnsupportedOperationException("not written yet: " + input.getClass() + parts.clientId());
    }
}
