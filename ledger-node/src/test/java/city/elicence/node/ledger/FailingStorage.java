package city.elicence.node.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk that refuses, or that does what it was asked and then says that it failed. */
final class FailingStorage implements Storage {
    private final Storage disk;
    boolean full;
    boolean forceFails;
    boolean truncateFails;

    FailingStorage(Storage disk) {
        this.disk = disk;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        if (full) {
            // A full disk takes the part for which there was room.
            disk.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
            throw new IOException("No space left on device");
        }
        disk.write(bytes, position);
    }

    @Override
    public void force() throws IOException {
        if (forceFails) {
            throw new IOException("Input/output error");
        }
        disk.force();
    }

    @Override
    public void truncate(long size) throws IOException {
        if (truncateFails) {
            throw new IOException("Input/output error");
        }
        disk.truncate(size);
    }

    @Override
    public long size() throws IOException {
        return disk.size();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        disk.read(into, position);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
