package city.elicence.credentials.offline;

import city.elicence.credentials.offline.OfflineException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
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
        if (set == null || set.length != frame.count()) {
            set = new OfflineFrame[frame.count()];
        }
        set[frame.place()] = frame;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (OfflineFrame part : set) {
            if (part == null) {
                keep(frame.setId(), set);
                return Optional.empty();
            }
            packed.write(part.part(), 0, part.part().length);
        }
        byte[] octets = packed.toByteArray();
        if (OfflineFrame.setIdOf(octets) != frame.setId()) {
            throw new OfflineException(Reason.WRONG_DIGEST, "the frames of this set do not belong together");
        }
        return Optional.of(octets);
    }

    /** How many frames of the set seen last are still missing; zero when none was seen or it is complete. */
    public int missing() {
        int missing = 0;
        for (@Nullable OfflineFrame[] set : sets.values()) {
            missing = 0;
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
