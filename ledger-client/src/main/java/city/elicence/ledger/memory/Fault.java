package city.elicence.ledger.memory;

/** What can go wrong between a service and the ledger. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** Nobody answers, and nothing that is sent arrives. */
    UNREACHABLE,
    /** What is written arrives, the answer does not, and reads fail too: a write that must not be sent as a new one. */
    ANSWER_LOST,
    /** Every write is refused. */
    REFUSING
}
