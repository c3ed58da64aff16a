package city.elicence.credentials.jose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The suites that somebody takes: ES256 always (HAIP 1.0 §7), and those that were handed in besides. */
public final class Suites {
    /** What is taken where nobody said otherwise. */
    public static final Suites ES256_ALONE = new Suites(List.of(Suite.ES256));

    private final List<Suite> all;

    private Suites(List<Suite> all) {
        this.all = all;
    }

    /** ES256, and these. */
    public static Suites and(Suite... more) {
        Set<Suite> all = new LinkedHashSet<>(ES256_ALONE.all);
        all.addAll(Arrays.asList(more));
        return new Suites(Collections.unmodifiableList(new ArrayList<>(all)));
    }

    /** ES256 first. */
    public List<Suite> all() {
        return all;
    }

    /** Their names in JOSE, as metadata declare them. */
    public List<String> algorithms() {
        List<String> algorithms = new ArrayList<>();
        for (Suite suite : all) {
            algorithms.add(suite.algorithm());
        }
        return Collections.unmodifiableList(algorithms);
    }

    public boolean take(Suite suite) {
        return all.contains(suite);
    }

    /** The suite of that name in JOSE, if it is taken. */
    public Optional<Suite> named(@Nullable Object algorithm) {
        return all.stream().filter(suite -> suite.algorithm().equals(algorithm)).findFirst();
    }

    /** The suite whose hash has that name in {@code _sd_alg}, if it is taken. */
    public Optional<Suite> hashing(String name) {
        return all.stream().filter(suite -> suite.hash().equals(name)).findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Suites suites && all.equals(suites.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** For a sentence that says what was expected. */
    @Override
    public String toString() {
        return String.join(" or ", algorithms());
    }
}
