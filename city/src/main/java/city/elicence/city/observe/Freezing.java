package city.elicence.city.observe;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The authority's own act: a frozen party may issue and ask for nothing, from a moment on, until it is lifted. */
public final class Freezing {
    private final Ledger ledger;
    private final LedgerSigner authority;

    public Freezing(Ledger ledger, LedgerSigner authority) {
        this.ledger = ledger;
        this.authority = authority;
    }

    /**
     * Freezes a party, or lifts it.
     *
     * @param since what was issued from then on does not count; null lifts the freeze
     */
    WriteOutcome freeze(Did party, @Nullable Instant since) throws LedgerException {
        Accreditation now = ledger.accreditation(party)
                .orElseThrow(() -> new LedgerException(LedgerException.Reason.REFUSED, "not an accredited party"));
        return ledger.accredit(
                new Accreditation(now.did(), now.names(), now.roles(), now.anchors(), now.issues(), now.asks(), since),
                authority);
    }
}
