package city.elicence.wallet.upkeep;

import city.elicence.credentials.merkle.Receipt;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;

/** Asks the issuers again about what the wallet holds. What cannot be learnt now is left as it was. */
public final class Upkeep {
    private final Shelf shelf;
    private final ReceiptQuestions receipts;
    private final StatusQuestions status;

    public Upkeep(WalletParts parts, Exchange exchange, Shelf shelf) {
        this.shelf = shelf;
        this.receipts = new ReceiptQuestions(parts.trust(), exchange);
        this.status = new StatusQuestions(parts.trust(), exchange, parts.suites(), parts.clock());
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
