package city.elicence.node.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * How much of the log has been acknowledged to clients: two slots of {@code count(8) length(8) crc(4)}, written in turn. It tells a
 * record that was being written in a crash, which may be dropped, from one that a client was promised, which may not. Written after
 * the log is on disk, and itself forced to disk only now and then: after a power cut it may be behind, but never ahead.
 */
final class Acknowledged {
    private static final int SLOT_BYTES = 20;

    private final Storage storage;
    private long count;

    private Acknowledged(Storage storage, long count) {
        this.storage = storage;
        this.count = count;
    }

    static Acknowledged open(Storage storage) throws IOException {
        long newest = 0;
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer bytes = slot(storage, slot);
            if (bytes.hasRemaining()) {
                newest = Math.max(newest, bytes.getLong(0));
            }
        }
        return new Acknowledged(storage, newest);
    }

    /** Empty when neither slot can be read. */
    OptionalLong length() throws IOException {
        long newest = -1;
        long length = -1;
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer bytes = slot(storage, slot);
            if (bytes.hasRemaining() && bytes.getLong(0) > newest) {
                newest = bytes.getLong(0);
                length = bytes.getLong(8);
            }
        }
        return newest < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    void record(long length) throws IOException {
        count++;
        ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES).putLong(count).putLong(length);
        bytes.putInt(checksum(bytes)).flip();
        storage.write(bytes, (count & 1) * SLOT_BYTES);
    }

    void force() throws IOException {
        storage.force();
    }

    void close() throws IOException {
        storage.close();
    }

    private static ByteBuffer slot(Storage storage, int slot) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES);
        try {
            storage.read(bytes, (long) slot * SLOT_BYTES);
        } catch (EOFException e) {
            return ByteBuffer.allocate(0);
        }
        bytes.flip();
        return bytes.getInt(16) == checksum(bytes) ? bytes : ByteBuffer.allocate(0);
    }

    private static int checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.slice(0, 16));
        return (int) crc.getValue();
    }
}
