package city.elicence.ledger.audit;

/**
 * Something on the ledger, or between the ledger and an issuer, that must not be.
 *
 * @param fault which kind
 * @param seqNo transaction in which it shows; 0 when it shows in none
 * @param what in words, without personal data, since the ledger has none
 */
public record Finding(Fault fault, long seqNo, String what) {

    /** Kinds of fault, each with a name of its own. */
    public enum Fault {
        /** The ledger's transactions are not those that its root stands for. */
        LEDGER_CONTRADICTS_ITSELF,
        /** A head is smaller than one before it: the log has lost entries. */
        LOG_SHRANK,
        /** Two heads of the same size have different roots: the log was shown in two versions. */
        LOG_FORKED,
        /** The issuer's own proof does not lead from one head to the next: an entry was changed or forgotten. */
        LOG_NOT_CONSISTENT,
        /** A head was anchored by somebody who was not accredited as an issuer then. */
        ISSUER_NOT_ACCREDITED,
        /** An older version of a status list was anchored after a newer one, or another one with the same number. */
        STATUS_ROLLED_BACK,
        /** A right was given for a time before the moment in which it was written. */
        GRANT_BACKDATED,
        /** A version of a type was published again with another content. */
        TYPE_CHANGED,
        /** A receipt does not lead from its credential to the head on the ledger that it names. */
        RECEIPT_FALSE,
        /** A credential was issued when its issuer had no right to: before it was accredited, or after it was withdrawn. */
        ISSUED_WITHOUT_RIGHT
    }
}
