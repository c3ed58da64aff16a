package city.elicence.verifier.decide;

import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrames;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.Verdict;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.trust.CurrentTrust;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the rotating code of a phone from what is known here, and asks nobody: no network is needed, and none is used.
 * What is shown is answered to the caller and kept nowhere.
 */
public final class OfflineDesk {
    private static final int MOST_FRAMES = 64;

    /** Claims of the credential itself rather than of its holder. */
    private static final Set<String> TECHNICAL =
            Set.of("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "_sd_alg");

    private final PresentationVerifier verifier;
    private final CurrentTrust trust;
    private final SeenPresentations seen;
    private final Clock clock;

    public OfflineDesk(Pool pool, CurrentTrust trust, Clock clock) {
        this.seen = new SeenPresentations(pool);
        this.verifier = new PresentationVerifier(seen, trust.suites());
        this.trust = trust;
        this.clock = clock;
    }

    /** What a scan came to. */
    public sealed interface Scan {
        /** More frames of the same code are needed. */
        record Incomplete(int missing) implements Scan {}

        /**
         * A whole code was judged.
         *
         * @param asked type and names of the claims that were shown, for the audit trail
         * @param json for the page: colour, words, checks, claims
         */
        record Judged(String outcome, String code, String asked, Map<String, Object> json) implements Scan {}
    }

    /**
     * Judges what the frames make.
     *
     * @param relyingParty who scans: it may see only what the ledger lets it ask
     */
    public Scan scan(Did relyingParty, List<byte[]> frames) {
        if (frames.isEmpty() || frames.size() > MOST_FRAMES) {
            throw new CheckRefused(new Problem.Malformed("frames: 1 to " + MOST_FRAMES + " QR codes"));
        }
        OfflineFrames collected = new OfflineFrames();
        try {
            Optional<byte[]> packed = Optional.empty();
            for (byte[] frame : frames) {
                Optional<byte[]> complete = collected.accept(frame);
                packed = complete.isPresent() ? complete : packed;
            }
            if (packed.isEmpty()) {
                return new Scan.Incomplete(collected.missing());
            }
            return judge(relyingParty, OfflineCode.unpack(packed.get(), trust.issuerChains()));
        } catch (OfflineException unreadable) {
            return unreadable(unreadable);
        }
    }

    /** Forgets replays that are too old to pass anyway. */
    public void tidy() {
        seen.forgetBefore(clock.instant());
    }

    private Scan judge(Did relyingParty, String presentation) {
        Verdict verdict = verifier.verify(
                Presentation.of(presentation),
                Expectation.offline().askedBy(relyingParty, List.of()),
                trust.view(),
                clock.instant());
        Map<String, Object> json = new LinkedHashMap<>();
        return switch (verdict) {
            case Verdict.Accepted accepted -> {
                Map<String, Object> claims =
                        new LinkedHashMap<>(accepted.credential().claims());
                claims.keySet().removeAll(TECHNICAL);
                json.put("outcome", "accepted");
                json.put("colour", accepted.hasWarnings() ? "amber" : "green");
                json.put("report", Report.of("offline", accepted));
                json.put("claims", claims);
                json.put("trust_as_of", accepted.knownAsOf().toString());
                yield new Scan.Judged(
                        "accepted",
                        "",
                        accepted.credential().type().id() + ": " + String.join(", ", claims.keySet()),
                        json);
            }
            case Verdict.Refused refused -> {
                json.put("outcome", "refused");
                json.put("colour", "red");
                json.putAll(Report.words(refused.refusal()));
                json.put("report", Report.of("offline", refused));
                json.put("trust_as_of", refused.knownAsOf().toString());
                yield new Scan.Judged("refused", refused.refusal().code(), "", json);
            }
        };
    }

    private static Scan unreadable(OfflineException unreadable) {
        PolicyRefusal refusal = unreadable.reason() == OfflineException.Reason.UNKNOWN_CERTIFICATE
                ? PolicyRefusal.ISSUER_NOT_KNOWN_OFFLINE
                : PolicyRefusal.CODE_UNREADABLE;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", "refused");
        json.put("colour", "red");
        json.putAll(refusal.words());
        return new Scan.Judged("refused", refusal.code(), "", json);
    }
}
