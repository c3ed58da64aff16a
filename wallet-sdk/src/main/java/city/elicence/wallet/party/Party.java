package city.elicence.wallet.party;

import city.elicence.wallet.outcome.Words;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the other side.
 *
 * @param id the issuer's identifier or the verifier's client identifier, as the protocol has it
 * @param name from the ledger when accredited; else what the party says of itself, which proves nothing
 * @param did the party's DID on the ledger, only when accredited
 */
public record Party(
        String id, Words name, Standing standing, @Nullable String did) {
    public Party {
        if ((standing == Standing.ACCREDITED) != (did != null)) {
            throw new IllegalArgumentException("a DID goes with accreditation, and only with it");
        }
    }

    public boolean accredited() {
        return standing == Standing.ACCREDITED;
    }
}
