package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Reads a log from its start and stops at the first thing that is not a whole, intact record in sequence. */
final class LogReader {
    private static final int WINDOW_BYTES = 4 << 20;

    private final String name;
    private final Storage storage;
    private final long size;
    private final Map<LedgerId, Long> last = new EnumMap<>(LedgerId.class);
    private String problem = "";
    private long chain;

    LogReader(String name, Storage storage, long size) {
        this.name = name;
        this.storage = storage;
        this.size = size;
    }

    /** The checksum over all records that were read. */
    long chain() {
        return chain;
    }

    /** Why the reading stopped before the end of the file. */
    String problem() {
        return problem;
    }

    /** Returns the offset at which the last good record ends. */
    long readAll(TransactionLog.Visitor visitor) throws IOException {
        checkMagic();
        long at = TransactionLog.MAGIC.length;
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size));
        while (at < size) {
            window.clear().limit((int) Math.min(WINDOW_BYTES, size - at));
            storage.read(window, at);
            window.flip();
            int used = readWindow(window, at, visitor);
            at += used;
            if (!problem.isEmpty()) {
                return at;
            }
        }
        return at;
    }

    private int readWindow(ByteBuffer window, long windowStart, TransactionLog.Visitor visitor) throws IOException {
        int start = 0;
        while (start < window.limit()) {
            ByteBuffer rest = window.slice(start, window.limit() - start);
            int length = LogRecord.lengthAt(rest);
            boolean more = windowStart + window.limit() < size;
            if (more && (rest.remaining() < LogRecord.HEADER_BYTES || length > rest.remaining())) {
                return start;
            }
            if (length < 0 || length > rest.remaining()) {
                problem = "a record starts here that the file does not hold to its end.";
                return start;
            }
            ByteBuffer record = rest.slice(0, length);
            if (!LogRecord.intact(record)) {
                problem = "the checksum of the record that starts here is wrong.";
                return start;
            }
            LedgerId ledger = LedgerId.of(LogRecord.ledgerNumber(record)).orElseThrow();
            long seqNo = LogRecord.seqNo(record);
            if (seqNo != last.getOrDefault(ledger, 0L) + 1) {
                problem = "transaction " + seqNo + " of ledger " + ledger + " starts here, out of its order.";
                return start;
            }
            last.put(ledger, seqNo);
            int checksum = LogRecord.storedChecksum(record);
            chain = Resume.next(chain, checksum);
            visitor.record(
                    windowStart + start,
                    ledger,
                    seqNo,
                    checksum,
                    () -> LogRecord.decode(record).json());
            start += length;
        }
        return start;
    }

    private void checkMagic() throws IOException {
        byte[] found = new byte[TransactionLog.MAGIC.length];
        if (size < found.length) {
            throw new DamagedLedgerException(name, 0, "the file is shorter than its own heading.");
        }
        storage.read(ByteBuffer.wrap(found), 0);
        if (!Arrays.equals(found, TransactionLog.MAGIC)) {
            throw new DamagedLedgerException(name, 0, "this is not the heading of a ledger.");
        }
    }
}
