package city.elicence.verifier.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;

/** For whom a caller acts. */
final class Callers {
    private Callers() {}

    /** The relying party that a body names: a back end need not say whose it is; staff must. */
    static String tenant(Caller caller, Fields body) throws JsonException {
        String named = body.optString("tenant").orElse(caller.tenant());
        if (named == null) {
            throw new CheckRefused(new Problem.Malformed("expected tenant: the relying party that asks"));
        }
        caller.requireTenant(named);
        return named;
    }
}
