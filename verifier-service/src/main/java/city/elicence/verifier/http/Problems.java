package city.elicence.verifier.http;

import city.elicence.verifier.problem.Problem;
import city.elicence.web.HttpRefusal;
import java.util.Map;

/** The one place where a {@link Problem} gets a status and an error code (RFC 6749 §5.2, RFC 9101 §7, OpenID4VP 1.0 §8.5). */
final class Problems {
    private static final String INVALID_REQUEST = "invalid_request";
    private static final String ACCESS_DENIED = "access_denied";

    private Problems() {}

    static HttpRefusal toHttp(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> new HttpRefusal(400, INVALID_REQUEST, p.expected());
            case Problem.NotSettled p -> new HttpRefusal(409, "not_settled", "the check has not ended yet");
            case Problem.UnknownPreset ignored -> new HttpRefusal(400, INVALID_REQUEST, "check: a named preset");
            case Problem.UnknownTenant ignored -> new HttpRefusal(404, "not_found", "no such relying party here");
            case Problem.UnknownCheck ignored -> new HttpRefusal(404, "not_found", "no such check here");
            case Problem.Expired ignored -> new HttpRefusal(400, INVALID_REQUEST, "the request has expired");
            case Problem.AlreadyAnswered ignored ->
                new HttpRefusal(400, INVALID_REQUEST, "the request was answered before; each is answered once");
            case Problem.FetchedTooOften ignored ->
                new HttpRefusal(429, "too_many_requests", "the request object was fetched too often");
            case Problem.IdempotencyConflict ignored ->
                new HttpRefusal(409, "idempotency_conflict", "this Idempotency-Key came with another body before");
            case Problem.MayNotAsk p ->
                new HttpRefusal(403, ACCESS_DENIED, p.sentence(), Map.of(), Map.of("code", p.code()));
            case Problem.Undecryptable p -> new HttpRefusal(400, INVALID_REQUEST, "response: expected " + p.expected());
            case Problem.ForeignState ignored ->
                new HttpRefusal(400, INVALID_REQUEST, "state: not the one of this request");
            case Problem.ForeignSession ignored ->
                new HttpRefusal(403, ACCESS_DENIED, "the response came back in another session");
            case Problem.NotUsable p ->
                new HttpRefusal(409, "use_refused", p.sentence(), Map.of(), Map.of("code", p.code()));
            case Problem.UnknownUse ignored -> new HttpRefusal(404, "not_found", "no such use here");
            case Problem.NotYet ignored ->
                new HttpRefusal(503, "not_yet", "the ledger does not answer; nothing is known or changed");
            case Problem.WalletUnsuited p -> new HttpRefusal(400, INVALID_REQUEST, "wallet_metadata: " + p.expected());
        };
    }
}
