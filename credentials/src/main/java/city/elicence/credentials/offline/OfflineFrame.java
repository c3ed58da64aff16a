package city.elicence.credentials.offline;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.offline.OfflineException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One QR code of a set: {@code "EL1"}, four octets of the set's id, one octet with the frame's place (high half) and the
 * number of the last frame (low half), and a part of the packed presentation.
 */
public final class OfflineFrame {
    /** QR version 15, level L, byte mode (ISO/IEC 18004 table 7). */
    public static final int MAX_OCTETS = 520;

    /** The largest QR version that a frame needs. */
    public static final int MAX_QR_VERSION = 15;

    /** The most frames in a set. */
    public static final int MAX_FRAMES = 8;

    static final int HEADER_LENGTH = 8;
    private static final byte[] MAGIC = {'E', 'L', '1'};
    private static final int SET_ID_LENGTH = 4;

    private final int setId;
    private final int place;
    private final int count;
    private final byte[] part;

    private OfflineFrame(int setId, int place, int count, byte[] part) {
        this.setId = setId;
        this.place = place;
        this.count = count;
        this.part = part;
    }

    /**
     * Splits packed octets into as few frames as can be, of nearly the same length. Where that is more than one, a check
     * frame follows them, the exclusive or of all: any frames but one are then enough, so a camera that missed one need
     * not wait until it is shown again.
     */
    public static List<OfflineFrame> split(byte[] packed) throws OfflineException {
        int capacity = MAX_OCTETS - HEADER_LENGTH;
        int count = (packed.length + capacity - 1) / capacity;
        if (packed.length == 0 || count > MAX_FRAMES) {
            throw new OfflineException(Reason.TOO_LARGE, "expected 1 to " + MAX_FRAMES + " frames of octets");
        }
        int setId = setIdOf(packed);
        List<OfflineFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] part = Arrays.copyOfRange(packed, packed.length * i / count, packed.length * (i + 1) / count);
            frames.add(new OfflineFrame(setId, i, count, part));
        }
        if (count > 1) {
            frames.add(new OfflineFrame(setId, count, count, exclusiveOr(frames)));
        }
        return frames;
    }

    /** Of the parts, shorter ones filled up with zeros. */
    static byte[] exclusiveOr(List<OfflineFrame> frames) {
        byte[] sum = new byte[0];
        for (OfflineFrame frame : frames) {
            sum = Arrays.copyOf(sum, Math.max(sum.length, frame.part.length));
            for (int i = 0; i < frame.part.length; i++) {
                sum[i] = (byte) (sum[i] ^ frame.part[i]);
            }
        }
        return sum;
    }

    /** Whether these octets claim to be a frame: a camera sees many codes that do not. */
    public static boolean looksLikeOne(byte[] octets) {
        return octets.length > HEADER_LENGTH && Arrays.equals(MAGIC, Arrays.copyOf(octets, MAGIC.length));
    }

    /** Reads a QR code's octets. */
    public static OfflineFrame parse(byte[] octets) throws OfflineException {
        if (!looksLikeOne(octets) || octets.length > MAX_OCTETS) {
            throw new OfflineException(Reason.MALFORMED, "expected EL1 and at most " + MAX_OCTETS + " octets");
        }
        int setId = intAt(octets, MAGIC.length);
        int places = octets[MAGIC.length + SET_ID_LENGTH] & 0xff;
        int place = places >> 4;
        int count = (places & 0x0f) + 1;
        if (place >= places(count) || count > MAX_FRAMES) {
            throw new OfflineException(Reason.MALFORMED, "expected a place among at most " + MAX_FRAMES + " frames");
        }
        return new OfflineFrame(setId, place, count, Arrays.copyOfRange(octets, HEADER_LENGTH, octets.length));
    }

    /** The octets for the QR code. */
    public byte[] octets() {
        byte[] octets = Arrays.copyOf(MAGIC, HEADER_LENGTH + part.length);
        for (int i = 0; i < SET_ID_LENGTH; i++) {
            octets[MAGIC.length + i] = (byte) (setId >>> (24 - 8 * i));
        }
        octets[HEADER_LENGTH - 1] = (byte) (place << 4 | (count - 1));
        System.arraycopy(part, 0, octets, HEADER_LENGTH, part.length);
        return octets;
    }

    /** The first four octets of the SHA-256 of the packed presentation. */
    public int setId() {
        return setId;
    }

    /** How many different frames a set of so many parts has, its check frame included. */
    static int places(int count) {
        return count == 1 ? 1 : count + 1;
    }

    /** Its place in the set, from zero; the check frame's is the last. */
    public int place() {
        return place;
    }

    /** How many parts the set has: so many of its frames are enough. */
    public int count() {
        return count;
    }

    byte[] part() {
        return part.clone();
    }

    static int setIdOf(byte[] packed) {
        return intAt(Sha256.of(packed), 0);
    }

    private static int intAt(byte[] octets, int at) {
        int value = 0;
        for (int i = 0; i < SET_ID_LENGTH; i++) {
            value = value << 8 | (octets[at + i] & 0xff);
        }
        return value;
    }
}
