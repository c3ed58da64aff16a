package city.elicence.credentials.use;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the book of uses, as its writer means it.
 *
 * @param act what is done
 * @param of the line of the same writer that it is about: the reservation that is used, the use that is released
 * @param amount how much, in the unit of the licence's own cap
 * @param until when a reservation ends, in whole minutes
 * @param tag tells one claim of a writer from its next; means nothing to anybody else
 */
public record UseEntry(
        Act act,
        @Nullable Integer of,
        long amount,
        @Nullable Instant until,
        int tag) {
    static final int BYTES = 16;

    /** Most lines that one book has. */
    public static final int MOST_LINES = 255;

    private static final long MOST = (1L << 48) - 1;
    private static final int NONE = 255;
    private static final long MINUTE = Duration.ofMinutes(1).toSeconds();

    /** What a line does. */
    public enum Act {
        RESERVE(0),
        USE(1),
        RELEASE(2);

        private final int code;

        Act(int code) {
            this.code = code;
        }

        static Optional<Act> of(int code) {
            return Arrays.stream(values()).filter(act -> act.code == code).findFirst();
        }
    }

    public UseEntry {
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("expected an amount from 1 to 2^48 - 1");
        }
        if (of != null && (of < 0 || of >= MOST_LINES)) {
            throw new IllegalArgumentException("expected a line from 0 to " + (MOST_LINES - 1));
        }
        if ((act == Act.RESERVE) != (until != null)
                || (act == Act.RELEASE && of == null)
                || (act == Act.RESERVE && of != null)) {
            throw new IllegalArgumentException("expected an end for a reservation, and a line for a release");
        }
        if (until != null && until.getEpochSecond() % MINUTE != 0) {
            throw new IllegalArgumentException("expected an end in whole minutes");
        }
    }

    /** A reservation's end must be a whole minute: the next one. */
    public static Instant wholeMinute(Instant at) {
        return Instant.ofEpochSecond(-Math.floorDiv(-at.getEpochSecond(), MINUTE) * MINUTE);
    }

    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        bytes[0] = (byte) act.code;
        bytes[1] = (byte) (of == null ? NONE : of);
        put(bytes, 2, 6, amount);
        put(bytes, 8, 4, until == null ? 0 : until.getEpochSecond() / MINUTE);
        put(bytes, 12, 4, tag & 0xFFFFFFFFL);
        return bytes;
    }

    /** Nothing when the bytes are no line that anyone would write. */
    static Optional<UseEntry> read(byte[] bytes) {
        Optional<Act> act = Act.of(bytes[0]);
        int of = bytes[1] & 0xFF;
        long minutes = get(bytes, 8, 4);
        if (act.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UseEntry(
                    act.get(),
                    of == NONE ? null : of,
                    get(bytes, 2, 6),
                    minutes == 0 ? null : Instant.ofEpochSecond(minutes * MINUTE),
                    (int) get(bytes, 12, 4)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void put(byte[] bytes, int at, int length, long value) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (length - 1 - i)));
        }
    }

    private static long get(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[at + i] & 0xFF);
        }
        return value;
    }
}
