package city.elicence.ledger;

import java.time.Instant;

/**
 * What became of a write. A remote write can fail, and can fail after it succeeded; the third outcome says so, and whoever
 * gets it reads before writing again.
 */
public sealed interface WriteOutcome {

    /**
     * On the ledger.
     *
     * @param seqNo number of its transaction
     * @param at when the ledger says it was written
     */
    record Done(long seqNo, Instant at) implements WriteOutcome {}

    /**
     * The ledger has said no, and would again.
     *
     * @param reason the ledger's own words, for logs and not for people
     */
    record Refused(String reason) implements WriteOutcome {}

    /**
     * No answer within the limit, nor was it found on the ledger afterwards. It may still be written later.
     *
     * @param reason what went wrong, for logs and not for people
     */
    record Unknown(String reason) implements WriteOutcome {}

    /** Whether the write is on the ledger for certain. */
    default boolean isDone() {
        return this instanceof Done;
    }
}
