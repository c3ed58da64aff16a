package city.elicence.issuer.evidence;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** See {@link EvidenceChecks#dangerouslyNone()}. */
final class NoEvidence implements EvidenceChecks {
    @Override
    public Asked ask(String tenant, Map<String, Object> query, String purpose, @Nullable URI returnTo) {
        throw new VerifierUnreachable("no verifier was set up", null);
    }

    @Override
    public Answer look(String tenant, String check) {
        return new Answer.Waiting();
    }

    @Override
    public void returned(String tenant, String check, String responseCode) {}

    @Override
    public void forget(String tenant, String check) {}
}
