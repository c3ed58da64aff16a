package city.elicence.wallet.upkeep;

import city.elicence.credentials.merkle.Receipt;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Logo;
import city.elicence.wallet.store.Shelf;
import java.net.URI;
import java.time.Clock;

/** Asks the issuers again about what the wallet holds. What cannot be learnt now is left as it was. */
public final class Upkeep {
    private final Exchange exchange;
    private final Clock clock;
    private final Shelf shelf;
    private final ReceiptQuestions receipts;
    private final StatusQuestions status;

    public Upkeep(WalletParts parts, Exchange exchange, Shelf shelf) {
        this.exchange = exchange;
        this.clock = parts.clock();
        this.shelf = shelf;
        this.receipts = new ReceiptQuestions(parts.trust(), exchange);
        this.status = new StatusQuestions(parts.trust(), exchange, parts.suites(), parts.clock());
    }

    /** A picture that is none, or that is not there, is not asked for again. */
    public Card fetchLogo(String id) throws RefusedException {
        HeldLicence licence = shelf.held(id);
        URI uri = SafeUri.of(licence.look().logoUri());
        if (uri != null) {
            HttpReply reply = exchange.get(uri, Logo.SVG + ", " + Logo.PNG);
            Logo logo = reply.ok() ? Logo.of(reply.mediaType(), reply.octets()) : null;
            licence = licence.with(licence.look().with(logo));
            shelf.put(licence);
        }
        return CardFace.of(licence, clock.instant());
    }

    /** Returns how many receipts came. */
    public int fetchReceipts() throws RefusedException {
        int came = 0;
        for (HeldLicence held : shelf.licences()) {
            HeldLicence licence = held;
            int before = came;
            for (Copy copy : held.copies()) {
                Receipt receipt = receipts.ask(licence, copy);
                if (receipt != null) {
                    licence = licence.changing(copy, unanchored -> unanchored.anchoredBy(receipt));
                    came++;
                }
            }
            if (came > before) {
                shelf.put(licence);
            }
        }
        return came;
    }

    /** Returns about how many cards something was learnt. */
    public int refreshStatus() throws RefusedException {
        int learnt = 0;
        StatusQuestions.Round round = status.round();
        for (HeldLicence licence : shelf.licences()) {
            HeldLicence.KnownStatus known = round.ask(licence);
            if (known != null) {
                shelf.put(licence.with(known));
                learnt++;
            }
        }
        return learnt;
    }
}
