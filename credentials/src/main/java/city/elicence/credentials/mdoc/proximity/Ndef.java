package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of records (NFC Data Exchange Format, NFC Forum), as far as a handover needs them: whole records, no chunks. */
final class Ndef {
    static final int WELL_KNOWN = 1;
    static final int MEDIA = 2;
    static final int EXTERNAL = 4;

    private static final int BEGIN = 0x80;
    private static final int LAST = 0x40;
    private static final int CHUNK = 0x20;
    private static final int SHORT = 0x10;
    private static final int HAS_ID = 0x08;
    private static final int FORMAT = 0x07;
    private static final int MAX_OCTETS = 4096;
    private static final int MAX_RECORDS = 16;

    private Ndef() {}

    /** One record. */
    static final class Item {
        final int format;
        final String type;
        final String id;
        private final byte[] payload;

        Item(int format, String type, String id, byte[] payload) {
            this.format = format;
            this.type = type;
            this.id = id;
            this.payload = payload;
        }

        byte[] payload() {
            return payload;
        }

        boolean is(int wantedFormat, String wantedType) {
            return format == wantedFormat && type.equals(wantedType);
        }
    }

    static byte[] encode(List<Item> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean small = item.payload.length < 256;
            out.write(item.format
                    | (i == 0 ? BEGIN : 0)
                    | (i == items.size() - 1 ? LAST : 0)
                    | (small ? SHORT : 0)
                    | (item.id.isEmpty() ? 0 : HAS_ID));
            byte[] type = item.type.getBytes(StandardCharsets.US_ASCII);
            byte[] id = item.id.getBytes(StandardCharsets.US_ASCII);
            out.write(type.length);
            byte[] length = ByteBuffer.allocate(4).putInt(item.payload.length).array();
            out.write(length, small ? 3 : 0, small ? 1 : 4);
            if (id.length > 0) {
                out.write(id.length);
            }
            out.write(type, 0, type.length);
            out.write(id, 0, id.length);
            out.write(item.payload, 0, item.payload.length);
        }
        return out.toByteArray();
    }

    static List<Item> parse(byte[] octets) throws ProximityException {
        if (octets.length > MAX_OCTETS) {
            throw malformed("expected at most " + MAX_OCTETS + " octets");
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        List<Item> items = new ArrayList<>();
        try {
            boolean last = false;
            while (!last) {
                int head = in.get() & 0xff;
                last = (head & LAST) != 0;
                if ((head & CHUNK) != 0 || ((head & BEGIN) != 0) != items.isEmpty() || items.size() == MAX_RECORDS) {
                    throw malformed("expected whole records, the first marked as such");
                }
                int typeLength = in.get() & 0xff;
                int length = (head & SHORT) != 0 ? in.get() & 0xff : in.getInt();
                int idLength = (head & HAS_ID) != 0 ? in.get() & 0xff : 0;
                items.add(new Item(head & FORMAT, text(in, typeLength), text(in, idLength), take(in, length)));
            }
        } catch (BufferUnderflowException cut) {
            throw malformed("expected more octets");
        }
        if (in.hasRemaining()) {
            throw malformed("expected nothing after the last record");
        }
        return items;
    }

    /** So many octets from where the buffer stands. */
    static byte[] take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    static String text(ByteBuffer in, int length) {
        return new String(take(in, length), StandardCharsets.US_ASCII);
    }

    private static ProximityException malformed(String expected) {
        return new ProximityException(Reason.ENGAGEMENT_UNREADABLE, "NDEF message: " + expected);
    }
}
