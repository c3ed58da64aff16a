package city.elicence.credentials.offline;

import city.elicence.credentials.offline.OfflineException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects frames as a camera sees them: in any order, again and again, several sets mixed. A few sets are kept at a time,
 * the longest unseen is dropped first. Not thread-safe.
 */
public final class OfflineFrames {
    private static final int MAX_SETS = 4;

    private final Map<Integer, @Nullable OfflineFrame[]> sets = new LinkedHashMap<>();

    /**
     * Takes one QR code's octets; the packed presentation comes back with the frame that completes its set. A code that
     * is no frame at all is passed over.
     */
    public Optional<byte[]> accept(byte[] qrOctets) throws OfflineException {
        return OfflineFrame.looksLikeOne(qrOctets) ? accept(OfflineFrame.parse(qrOctets)) : Optional.empty();
    }

    private Optional<byte[]> accept(OfflineFrame frame) throws OfflineException {
        @Nullable OfflineFrame[] set = sets.remove(frame.setId());
        int places = OfflineFrame.places(frame.count());
        if (set == null || set.length != places) {
            set = new OfflineFrame[places];
        }
        set[frame.place()] = frame;
        List<OfflineFrame> seen = new ArrayList<>();
        for (OfflineFrame one : set) {
            if (one != null) {
                seen.add(one);
            }
        }
        if (seen.size() < frame.count()) {
            keep(frame.setId(), set);
            return Optional.empty();
        }
        return Optional.of(whole(frame, seen));
    }

    /** The octets of as many frames as a set has parts: in order, or one of them made from the others. */
    private static byte[] whole(OfflineFrame any, List<OfflineFrame> seen) throws OfflineException {
        int count = any.count();
        int longest = 0;
        for (OfflineFrame frame : seen) {
            longest = Math.max(longest, frame.part().length);
        }
        byte[] other = OfflineFrame.exclusiveOr(seen);
        // How long the whole is follows from its longest part but for the parts' rounding: its digest says which it is.
        for (int length = count * longest; length > count * (longest - 1); length--) {
            byte[] packed = new byte[length];
            boolean[] filled = new boolean[count];
            boolean fits = true;
            for (OfflineFrame frame : seen) {
                int place = frame.place();
                if (place < count) {
                    int from = length * place / count;
                    fits &= frame.part().length == length * (place + 1) / count - from;
                    System.arraycopy(frame.part(), 0, packed, from, Math.min(frame.part().length, length - from));
                    filled[place] = true;
                }
            }
            for (int place = 0; place < count; place++) {
                int from = length * place / count;
                if (!filled[place]) {
                    System.arraycopy(other, 0, packed, from, length * (place + 1) / count - from);
                }
            }
            if (fits && OfflineFrame.setIdOf(packed) == any.setId()) {
                return packed;
            }
        }
        throw new OfflineException(Reason.WRONG_DIGEST, "the frames of this set do not belong together");
    }

    /** How many frames of the set seen last are still missing; zero when none was seen or it is complete. */
    public int missing() {
        int missing = 0;
        for (@Nullable OfflineFrame[] set : sets.values()) {
            // Of a set's frames one may be wanting, where it has a check frame.
            missing = set.length == 1 ? 0 : -1;
            for (OfflineFrame frame : set) {
                missing += frame == null ? 1 : 0;
            }
        }
        return missing;
    }

    private void keep(int setId, @Nullable OfflineFrame[] set) {
        if (sets.size() == MAX_SETS) {
            sets.remove(sets.keySet().iterator().next());
        }
        sets.put(setId, set);
    }
}
