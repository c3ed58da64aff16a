package city.elicence.company.statement;

import city.elicence.credentials.trust.LogHead;

/** Brings the head of this service's log to the ledger. */
@FunctionalInterface
public interface LogHeads {
    /**
     * Whether the ledger has this head now. Where an earlier try's outcome is not known, it reads before it writes.
     */
    boolean put(LogHead head);
}
