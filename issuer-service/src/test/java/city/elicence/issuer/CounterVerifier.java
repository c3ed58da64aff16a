package city.elicence.issuer;

import city.elicence.issuer.evidence.EvidenceChecks;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verifier whose answers a test gives by hand. */
final class CounterVerifier implements EvidenceChecks {
    record Question(
            String check,
            String tenant,
            Map<String, Object> query,
            @Nullable URI returnTo) {}

    final List<Question> asked = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final Map<String, String> returned = new HashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    boolean silent;

    @Override
    public synchronized Asked ask(String tenant, Map<String, Object> query, String purpose, @Nullable URI returnTo) {
        if (silent) {
            throw new VerifierUnreachable("silent", null);
        }
        String check = "check-" + (asked.size() + 1) + "-" + System.nanoTime();
        asked.add(new Question(check, tenant, query, returnTo));
        return new Asked(check, "openid4vp://?check=" + check, "data:image/png;base64,AAAA");
    }

    @Override
    public synchronized Answer look(String tenant, String check) {
        if (silent) {
            throw new VerifierUnreachable("silent", null);
        }
        return answers.getOrDefault(check, new Answer.Waiting());
    }

    @Override
    public synchronized void returned(String tenant, String check, String responseCode) {
        returned.put(check, responseCode);
    }

    @Override
    public synchronized void forget(String tenant, String check) {
        forgotten.add(check);
    }

    /** A wallet answers a question with these claims, and every check of the verifier is passed. */
    synchronized void shown(Question question, String credential, Map<String, Object> claims, String digest) {
        Map<String, Object> presentation = Map.of(
                "query", credential, "outcome", "accepted", "type", "resident-id-card", "credential_sha256", digest);
        answers.put(
                question.check(),
                new Answer.Accepted(
                        Map.of(credential, List.of(claims)), Map.of("presentations", List.of(presentation))));
    }

    synchronized void refused(Question question, String code) {
        answers.put(question.check(), new Answer.Refused(code, Map.of("code", code)));
    }

    Question last() {
        return asked.getLast();
    }
}
