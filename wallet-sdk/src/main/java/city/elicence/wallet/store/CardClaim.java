package city.elicence.wallet.store;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.outcome.Words;
import org.jspecify.annotations.Nullable;

/**
 * One claim of a card.
 *
 * @param path names and array positions from the root, as in a DCQL claims path
 * @param value as JSON has it: text, number, boolean, list or object
 * @param selective false where every verifier who is shown the card sees it
 */
public record CardClaim(
        ClaimPath path, Words label, @Nullable Object value, boolean selective) {}
