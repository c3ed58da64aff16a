package city.elicence.credentials.verify.party;

import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.verify.refusal.Refusal;

/** What a status list token turned out to be. */
public sealed interface StatusVerdict {
    /** Verified: whose list it is, and how it stands to the ledger. */
    record Known(StatusKnowledge knowledge) implements StatusVerdict {}

    /** Not to be used. */
    record Rejected(Refusal refusal, String detail) implements StatusVerdict {}
}
