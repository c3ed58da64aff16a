package city.elicence.city.run;

import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.wallet.port.DidKeys;

/**
 * A wallet's way to the keys of verifiers that are named by their DID: what the ledger says at this moment, so that a key that was taken
 * away is no longer good. A ledger that does not answer has no keys, and the wallet answers nobody whom it cannot prove.
 */
public final class LedgerDidKeys {
    private LedgerDidKeys() {}

    /** Reads from this ledger, and knows the DIDs of its namespace alone. */
    public static DidKeys of(LedgerReader ledger) {
        return (did, keyId) -> {
            try {
                Did party = Did.parse(did);
                return party.namespace().equals(ledger.authority().namespace())
                        ? ledger.document(party)
                                .flatMap(document -> document.key(keyId))
                                .orElse(null)
                        : null;
            } catch (JsonException | LedgerException unknown) {
                return null;
            }
        };
    }
}
