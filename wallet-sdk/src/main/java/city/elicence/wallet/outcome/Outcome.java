package city.elicence.wallet.outcome;

import java.util.function.Function;

/**
 * How a step of the wallet ended. Bad input, a dishonest party and a broken network are all {@link Refused}; nothing of
 * the kind is thrown.
 */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** For Java 17 callers, which have no pattern {@code switch}. */
    default <R> R fold(Function<? super T, ? extends R> done, Function<? super Refusal, ? extends R> refused) {
        if (this instanceof Done<T> ok) {
            return done.apply(ok.value());
        }
        return refused.apply(((Refused<T>) this).refusal());
    }

    /** The value, for callers to whom a refusal is a fault: demos and tests. */
    default T orThrow() {
        return fold(value -> value, refusal -> {
            throw new IllegalStateException(refusal.code() + ": " + refusal.detail());
        });
    }
}
