package city.elicence.credentials.sdjwt;

import city.elicence.credentials.json.ClaimPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which claims of a credential are selectively disclosable, and how many decoys (RFC 9901 §4.2.5) hide their number. A path of
 * names and indices makes one claim disclosable; null as a step means every element of the array; a path within another makes a
 * recursive disclosure (§4.2.6). Made once for a type, used for every credential of it.
 */
public final class Frame {
    private static final Frame NOTHING_BELOW = new Frame(0);

    private final Map<Object, Frame> named = new HashMap<>();
    private final int decoys;
    private @Nullable Frame everyElement;
    private boolean disclosable;

    private Frame(int decoys) {
        this.decoys = decoys;
    }

    public static Frame of(Collection<ClaimPath> selective) {
        return withDecoys(selective, 0);
    }

    /** As many decoy digests at each level that has selectively disclosable claims. */
    public static Frame withDecoys(Collection<ClaimPath> selective, int decoysPerLevel) {
        if (decoysPerLevel < 0 || decoysPerLevel > 64) {
            throw new IllegalArgumentException("expected 0 to 64 decoys");
        }
        Frame root = new Frame(decoysPerLevel);
        for (ClaimPath path : selective) {
            Frame level = root;
            for (Object step : path.steps()) {
                level = level.child(step);
            }
            level.disclosable = true;
        }
        return root;
    }

    /** What holds for one claim or element; a rule for the element itself comes before the rule for every element. */
    Frame at(Object step) {
        Frame exact = named.get(step);
        if (exact == null && step instanceof Long) {
            exact = everyElement;
        }
        return exact == null ? NOTHING_BELOW : exact;
    }

    boolean isDisclosable() {
        return disclosable;
    }

    int decoys() {
        return decoys;
    }

    /** Whether a top-level claim would be hidden. */
    boolean hides(String claim) {
        return at(claim).disclosable;
    }

    private Frame child(@Nullable Object step) {
        if (step != null) {
            return named.computeIfAbsent(step, s -> new Frame(decoys));
        }
        Frame every = everyElement == null ? new Frame(decoys) : everyElement;
        everyElement = every;
        return every;
    }
}
