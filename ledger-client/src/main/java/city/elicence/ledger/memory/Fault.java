package city.elicence.ledger.memory;

/** What can go wrong between a service and the ledger. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** Nobody answers, and nothing that is sent arrives. */
    UNREACHABLE,
    /** The next write arrives, its answer does not, and from then on nobody answers: a write that must not be sent as new. */
    ANSWER_LOST,
    /** Every write is refused. */
    REFUSING
}
