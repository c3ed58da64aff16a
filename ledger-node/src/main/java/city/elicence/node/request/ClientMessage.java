package city.elicence.node.request;

/** What a client may send. */
public sealed interface ClientMessage {
    /** "pi": are you there? */
    record Ping() implements ClientMessage {}

    /** The size and root of a ledger as the client has it. */
    record LedgerStatus(long ledgerId, long size, String root) implements ClientMessage {}

    /** Asks for transactions that the client does not have. */
    record CatchupRequest(long ledgerId, long from, long to, long till) implements ClientMessage {}

    /** A read, a write or an action. */
    record Operation(Request request) implements ClientMessage {}

    /** A message of other nodes' business, or of none: it has no answer of its own, only a refusal. */
    record Unexpected(String op) implements ClientMessage {}
}
