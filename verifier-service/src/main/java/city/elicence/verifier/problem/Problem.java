package city.elicence.verifier.problem;

/**
 * Why a step of the verifier did not do what it was asked. Each is a value; one switch in {@code http} gives it a status
 * and an error code. None holds a claim's value, a key or a token.
 */
public sealed interface Problem {

    /** The input does not have the form that the text asks for. */
    record Malformed(String expected) implements Problem {}

    /** No such relying party here. */
    record UnknownTenant() implements Problem {}

    /** No such check here, or not this relying party's. */
    record UnknownCheck() implements Problem {}

    /** Nothing is to be recorded of a check before it has ended. */
    record NotSettled() implements Problem {}

    /** No such named preset. */
    record UnknownPreset() implements Problem {}

    /** The request is past its expiry. */
    record Expired() implements Problem {}

    /** The request was answered before: OpenID4VP 1.0 §14.1, a nonce counts once. */
    record AlreadyAnswered() implements Problem {}

    /** The request object was fetched more often than any wallet needs. */
    record FetchedTooOften() implements Problem {}

    /** The same idempotency key came with a different draft. */
    record IdempotencyConflict() implements Problem {}

    /** The ledger does not let this relying party ask for this. */
    record MayNotAsk(String code, String sentence) implements Problem {}

    /** The response is encrypted to another key, with another algorithm, or was altered (OpenID4VP 1.0 §8.3). */
    record Undecryptable(String expected) implements Problem {}

    /** The response carries another request's state (OpenID4VP 1.0 §5.3, §14.3). */
    record ForeignState() implements Problem {}

    /** The response code or the browser session is not the one that began the check (OpenID4VP 1.0 §14.2). */
    record ForeignSession() implements Problem {}

    /** The wallet cannot do what this request needs, by its own metadata (OpenID4VP 1.0 §5.10). */
    record WalletUnsuited(String expected) implements Problem {}

    /** What was shown can not be used, or not in this way. */
    record NotUsable(String code, String sentence) implements Problem {}

    /** No such use here, or not this relying party's. */
    record UnknownUse() implements Problem {}

    /** The ledger does not answer: nobody can say now. */
    record NotYet() implements Problem {}
}
