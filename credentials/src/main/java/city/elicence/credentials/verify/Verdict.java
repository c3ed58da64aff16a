package city.elicence.credentials.verify;

import city.elicence.credentials.verify.refusal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** What came of it: accepted or refused, with what was checked, and against how old a view of the world. */
public sealed interface Verdict {
    /** All ten checks, in order. */
    List<CheckResult> checks();

    /** How recent the ledger's view was. */
    Instant knownAsOf();

    boolean isAccepted();

    /** For callers whose Java has no pattern matching over sealed types yet. */
    <T> T fold(Function<Accepted, T> whenAccepted, Function<Refused, T> whenRefused);

    /** Every expected check passed, or was allowed to warn. */
    record Accepted(VerifiedCredential credential, List<CheckResult> checks, Instant knownAsOf) implements Verdict {
        public Accepted {
            checks = Collections.unmodifiableList(new ArrayList<>(checks));
        }

        /** Green is false, amber is true: some check knew less than it should. */
        public boolean hasWarnings() {
            return checks.stream().anyMatch(result -> result.outcome() == CheckResult.Outcome.WARNED);
        }

        @Override
        public boolean isAccepted() {
            return true;
        }

        @Override
        public <T> T fold(Function<Accepted, T> whenAccepted, Function<Refused, T> whenRefused) {
            return whenAccepted.apply(this);
        }
    }

    /** Some check failed. The detail says what was expected and which party or age was found, never a claim. */
    record Refused(Refusal refusal, String detail, List<CheckResult> checks, Instant knownAsOf) implements Verdict {
        public Refused {
            checks = Collections.unmodifiableList(new ArrayList<>(checks));
        }

        @Override
        public boolean isAccepted() {
            return false;
        }

        @Override
        public <T> T fold(Function<Accepted, T> whenAccepted, Function<Refused, T> whenRefused) {
            return whenRefused.apply(this);
        }
    }
}
