package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one file that matters: every transaction of every ledger, in the order in which they were accepted. Records are only ever
 * appended. A record counts as written when the file has been forced to disk; what a crash leaves of records that were never
 * acknowledged is cut off at the next start, and damage to anything acknowledged is refused.
 */
public final class TransactionLog implements Closeable {
    static final byte[] MAGIC = "elicence-ledger1".getBytes(StandardCharsets.US_ASCII);
    private static final Logger LOG = LoggerFactory.getLogger(TransactionLog.class);

    private final String name;
    private final Storage storage;
    private final Acknowledged acknowledged;
    private volatile long length;
    private volatile boolean failed;
    private volatile long chain;

    private TransactionLog(String name, Storage storage, Acknowledged acknowledged) {
        this.name = name;
        this.storage = storage;
        this.acknowledged = acknowledged;
    }

    /** Receives each record while the log is read from its start. */
    public interface Visitor {
        void record(long offset, LedgerId ledger, long seqNo, int checksum, Content content) throws IOException;
    }

    /** The text of a record, decoded only when asked for. */
    public interface Content {
        String json();
    }

    /**
     * Opens the log and reads all of it: each record's checksum, and that each ledger's numbers follow one another.
     *
     * @throws DamagedLedgerException when something acknowledged is damaged or missing
     */
    public static TransactionLog open(String name, Storage storage, Storage marks, Visitor visitor) throws IOException {
        TransactionLog log = new TransactionLog(name, storage, Acknowledged.open(marks));
        if (storage.size() == 0) {
            storage.write(ByteBuffer.wrap(MAGIC), 0);
            storage.force();
        }
        long size = storage.size();
        LogReader reader = new LogReader(name, storage, size);
        long end = reader.readAll(visitor);
        log.settle(end, size, reader.problem());
        log.chain = reader.chain();
        return log;
    }

    private void settle(long end, long size, String problem) throws IOException {
        OptionalLong promised = acknowledged.length();
        if (promised.isPresent() && end < promised.getAsLong()) {
            throw new DamagedLedgerException(
                    name,
                    end,
                    (end < size ? problem : "the file ends here.") + " Clients were promised everything up to byte "
                            + promised.getAsLong() + ".");
        }
        if (end < size) {
            if (promised.isEmpty()) {
                throw new DamagedLedgerException(
                        name,
                        end,
                        problem
                                + " The file that says how much was acknowledged is missing, so this cannot be told"
                                + " from a write that a crash cut short.");
            }
            LOG.warn(
                    "{}: dropping {} bytes from byte {} on: {} They were never acknowledged.",
                    name,
                    size - end,
                    end,
                    problem);
            storage.truncate(end);
            storage.force();
        }
        length = end;
        acknowledged.record(end);
        acknowledged.force();
    }

    /** Where the records of the batch were put. */
    public record Placed(List<Long> offsets, long end) {
        public Placed {
            offsets = List.copyOf(offsets);
        }
    }

    /**
     * Writes the batch, and returns when it is on disk.
     *
     * @throws NotWrittenException when nothing of the batch is on disk, and the next batch may be tried
     * @throws UnknownOutcomeException when that cannot be said; the log takes no more until it has been opened again
     */
    Placed append(List<LogRecord> batch) throws NotWrittenException, UnknownOutcomeException {
        if (failed) {
            throw new NotWrittenException("the ledger's disk failed earlier; restart the node", null);
        }
        List<Long> offsets = new ArrayList<>(batch.size());
        List<ByteBuffer> encoded = batch.stream().map(LogRecord::encoded).toList();
        int total = encoded.stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer bytes = ByteBuffer.allocate(total);
        for (ByteBuffer record : encoded) {
            offsets.add(length + bytes.position());
            bytes.put(record);
        }
        bytes.flip();
        try {
            storage.write(bytes, length);
            storage.force();
        } catch (IOException e) {
            takeBack(e);
        }
        long linked = chain;
        for (ByteBuffer record : encoded) {
            linked = Resume.next(linked, record.getInt(4));
        }
        chain = linked;
        long end = length + total;
        length = end;
        return new Placed(offsets, end);
    }

    /** After a failed write: cut the file back, so that "not written" is true; or admit that nobody knows. */
    private void takeBack(IOException cause) throws NotWrittenException, UnknownOutcomeException {
        try {
            storage.truncate(length);
            storage.force();
        } catch (IOException second) {
            failed = true;
            cause.addSuppressed(second);
            throw new UnknownOutcomeException(cause);
        }
        throw new NotWrittenException("the ledger's disk refused the write; nothing was written", cause);
    }

    /** To be called once the batch has been written and before anyone is told. */
    void acknowledge(long end) throws IOException {
        acknowledged.record(end);
    }

    /** Forces the record of what was acknowledged to disk; it is behind at most by what was written since the last call. */
    void forceAcknowledged() throws IOException {
        acknowledged.force();
    }

    public String jsonAt(long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(LogRecord.HEADER_BYTES);
        storage.read(header, offset);
        int size = LogRecord.lengthAt(header.flip());
        if (size < 0) {
            throw new DamagedLedgerException(name, offset, "no record starts here.");
        }
        ByteBuffer record = ByteBuffer.allocate(size);
        storage.read(record, offset);
        if (!LogRecord.intact(record.flip())) {
            throw new DamagedLedgerException(name, offset, "the checksum is wrong.");
        }
        return LogRecord.decode(record).json();
    }

    /** The checksum over all records. */
    long chain() {
        return chain;
    }

    /** Whether the disk failed in a way that only a restart can clear up. */
    public boolean failed() {
        return failed;
    }

    /** The bytes of the log that are on disk. */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        try (storage) {
            acknowledged.force();
            acknowledged.close();
        }
    }
}
