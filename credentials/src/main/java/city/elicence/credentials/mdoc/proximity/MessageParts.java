package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a message goes over BLE (§8.3.3.1.1.6): in parts, the first octet of each saying whether more come. */
public final class MessageParts {
    /** ATT_MTU before anything was agreed, in octets. */
    public static final int LEAST_MTU = 23;

    /** Larger ones gain nothing: the value of an attribute has at most 512 octets. */
    public static final int MOST_MTU = 515;

    /** A message longer than this is refused before it is whole. */
    public static final int MAX_MESSAGE = 1 << 20;

    private static final int ATT_HEADER = 3;
    private static final byte LAST = 0;
    private static final byte MORE = 1;

    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

    /**
     * Cuts a message.
     *
     * @param mtu ATT_MTU in octets, at least {@link #LEAST_MTU}
     */
    public static List<byte[]> of(byte[] message, int mtu) {
        if (mtu < LEAST_MTU) {
            throw new IllegalArgumentException("an MTU is at least " + LEAST_MTU);
        }
        int room = Math.min(mtu, MOST_MTU) - ATT_HEADER - 1;
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        do {
            int end = Math.min(at + room, message.length);
            byte[] part = new byte[1 + end - at];
            part[0] = end == message.length ? LAST : MORE;
            System.arraycopy(message, at, part, 1, end - at);
            parts.add(part);
            at = end;
        } while (at < message.length);
        return parts;
    }

    /**
     * Takes the next part.
     *
     * @return the message where this was its last part, else null
     */
    public byte @Nullable [] add(byte[] part) throws ProximityException {
        if (part.length == 0 || (part[0] != LAST && part[0] != MORE)) {
            throw new ProximityException(Reason.MALFORMED, "expected a part that begins with 0 or 1");
        }
        if (whole.size() + part.length - 1 > MAX_MESSAGE) {
            throw new ProximityException(Reason.MALFORMED, "expected at most " + MAX_MESSAGE + " octets");
        }
        whole.write(part, 1, part.length - 1);
        if (part[0] == MORE) {
            return null;
        }
        byte[] message = whole.toByteArray();
        whole.reset();
        return message;
    }
}
