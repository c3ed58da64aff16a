package city.elicence.credentials.verify.party;

import city.elicence.credentials.verify.refusal.Refusal;
import java.util.function.Function;

/** Whether a request may be put before the holder. */
public sealed interface RequestVerdict {
    <T> T fold(Function<Allowed, T> whenAllowed, Function<Refused, T> whenRefused);

    /** The signer is accredited and may ask for all of it. */
    record Allowed(VerifiedParty party) implements RequestVerdict {
        @Override
        public <T> T fold(Function<Allowed, T> whenAllowed, Function<Refused, T> whenRefused) {
            return whenAllowed.apply(this);
        }
    }

    /** Not to be shown as a choice. */
    record Refused(Refusal refusal, String detail) implements RequestVerdict {
        @Override
        public <T> T fold(Function<Allowed, T> whenAllowed, Function<Refused, T> whenRefused) {
            return whenRefused.apply(this);
        }
    }
}
