package city.elicence.node.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Cells of one size, appended and read by number. Everything on a tape can be computed again from the log. */
final class Tape implements Closeable {
    private final Storage storage;
    private final int cellBytes;
    private volatile long count;

    /** Opens the tape with the first {@code count} cells; what is behind them was never accounted for. */
    Tape(Storage storage, int cellBytes, long count) throws IOException {
        this.storage = storage;
        this.cellBytes = cellBytes;
        this.count = count;
        storage.truncate(count * cellBytes);
    }

    void append(ByteBuffer cells) throws IOException {
        long before = count;
        long after = before + cells.remaining() / cellBytes;
        storage.write(cells, before * cellBytes);
        count = after;
    }

    byte[] cell(long number) throws IOException {
        byte[] cell = new byte[cellBytes];
        storage.read(ByteBuffer.wrap(cell), number * cellBytes);
        return cell;
    }

    long count() {
        return count;
    }

    void force() throws IOException {
        storage.force();
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
