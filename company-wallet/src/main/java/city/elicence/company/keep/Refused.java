package city.elicence.company.keep;

import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Refusal;

/** A step that was refused, with the reason that people and programs are told. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Reason reason;

    public Refused(Reason reason) {
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    /** Why a step was refused. */
    public sealed interface Reason {
        String code();

        /** There is no such thing, or not for who asks. */
        record NotFound(String what) implements Reason {
            @Override
            public String code() {
                return "not-found";
            }
        }

        /** What came in has not the form that was expected. */
        record Malformed(String expected) implements Reason {
            @Override
            public String code() {
                return "malformed";
            }
        }

        /** Done before, withdrawn, or no longer possible. */
        record Conflict(String code, String found) implements Reason {}

        /** Who asks has no mandate for it. */
        record NotMandated(String power) implements Reason {
            @Override
            public String code() {
                return "not-mandated";
            }
        }

        /** The wallet itself refused. */
        record ByWallet(Refusal refusal) implements Reason {
            @Override
            public String code() {
                return refusal.code();
            }
        }
    }

    public Reason reason() {
        return reason;
    }

    public static Refused notFound(String what) {
        return new Refused(new Reason.NotFound(what));
    }

    public static Refused malformed(String expected) {
        return new Refused(new Reason.Malformed(expected));
    }

    /** The value of an outcome, or the wallet's refusal. */
    public static <T> T orValue(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new Refused(new Reason.ByWallet(refusal));
        };
    }
}
