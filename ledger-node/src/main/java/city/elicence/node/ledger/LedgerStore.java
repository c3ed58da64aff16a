package city.elicence.node.ledger;

import city.elicence.credentials.json.JsonException;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledgers on disk: one log, and beside it what can be computed from it again (Merkle trees, where each transaction is, which
 * request became which). One thread appends; any thread reads what has been appended.
 */
public final class LedgerStore implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);
    private static final int OFFSET_BYTES = Long.BYTES;

    private static final String DIGESTS = "digests";

    private final Path folder;
    private final FileChannel lock;
    private final TransactionLog log;
    private final Map<LedgerId, MerkleTape> trees = new EnumMap<>(LedgerId.class);
    private final Map<LedgerId, Tape> offsets = new EnumMap<>(LedgerId.class);
    private DigestIndex digests = new DigestIndex();

    /** Takes each transaction of the log in order, when a ledger is opened. */
    public interface Replay {
        void apply(LedgerId ledger, Txn txn);
    }

    private LedgerStore(Path folder, Storage logFile, Resume resume, Replay replay) throws IOException {
        this.folder = folder;
        this.lock = lock(folder);
        try {
            openDerived(resume);
            Resume.Skipped skipped = new Resume.Skipped(resume);
            Storage marks = Storage.open(folder.resolve("ledger.acknowledged"));
            this.log = TransactionLog.open("ledger.log", logFile, marks, (offset, ledger, seqNo, checksum, content) -> {
                if (skipped.skips(offset, ledger, seqNo, checksum)) {
                    return;
                }
                Txn txn = parse(content.json(), offset);
                index(ledger, List.of(txn), List.of(offset));
                replay.apply(ledger, txn);
            });
            skipped.requireAll();
        } catch (IOException | RuntimeException e) {
            logFile.close();
            closeDerived();
            lock.close();
            throw e;
        }
    }

    public static LedgerStore open(Path folder, Replay replay) throws IOException {
        return open(folder, Resume.fromGenesis(), replay);
    }

    /**
     * Opens the ledgers and applies what is behind the point from which to resume.
     *
     * @throws StaleCheckpointException when what was computed earlier does not belong to this log
     */
    public static LedgerStore open(Path folder, Resume resume, Replay replay) throws IOException {
        Files.createDirectories(folder);
        return new LedgerStore(folder, Storage.open(folder.resolve("ledger.log")), resume, replay);
    }

    static LedgerStore open(Path folder, Storage log, Replay replay) throws IOException {
        return new LedgerStore(folder, log, Resume.fromGenesis(), replay);
    }

    private void openDerived(Resume resume) throws IOException {
        for (LedgerId ledger : LedgerId.values()) {
            String name = ledger.name().toLowerCase(java.util.Locale.ROOT);
            long size = resume.size(ledger);
            trees.put(ledger, MerkleTape.open(Storage.open(folder.resolve(name + ".merkle")), size));
            offsets.put(ledger, new Tape(Storage.open(folder.resolve(name + ".offsets")), OFFSET_BYTES, size));
        }
        if (resume.logLength() > 0) {
            digests = readDigests(resume.digestsChecksum());
        }
    }

    private void closeDerived() throws IOException {
        for (LedgerId ledger : offsets.keySet()) {
            tree(ledger).close();
            at(offsets, ledger).close();
        }
    }

    private DigestIndex readDigests(long checksum) throws IOException {
        Path file = folder.resolve(DIGESTS);
        ByteBuffer bytes = ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
        if (bytes.remaining() < Long.BYTES || checksum(bytes) != checksum) {
            throw new StaleCheckpointException(file + " is not the one that was written");
        }
        return DigestIndex.decode(bytes);
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }

    /** Forces to disk all that was computed from the log; from where a later start can resume. */
    public Resume forceDerived() throws IOException {
        Map<LedgerId, Long> sizes = new EnumMap<>(LedgerId.class);
        for (LedgerId ledger : LedgerId.values()) {
            tree(ledger).force();
            at(offsets, ledger).force();
            sizes.put(ledger, size(ledger));
        }
        ByteBuffer bytes = digests.encoded();
        Path fresh = folder.resolve(DIGESTS + ".new");
        Files.deleteIfExists(fresh);
        try (Storage storage = Storage.open(fresh)) {
            storage.write(bytes.duplicate(), 0);
            storage.force();
        }
        Files.move(fresh, folder.resolve(DIGESTS), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Resume(log.length(), log.chain(), sizes, checksum(bytes));
    }

    /** Two nodes that write to one log would destroy it. */
    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("ledger.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("the folder is open in this process", e);
        }
        channel.close();
        throw new IOException(folder + " is in use by another node; stop that one first");
    }

    /** A transaction that is to be appended. */
    public record Entry(LedgerId ledger, Txn txn) {}

    /**
     * Appends the batch and returns when it is on disk. Each ledger's transactions must carry the numbers that follow its last.
     */
    public void append(List<Entry> batch) throws IOException {
        List<LogRecord> records = batch.stream()
                .map(entry -> new LogRecord(
                        entry.ledger(), entry.txn().seqNo(), entry.txn().json()))
                .toList();
        TransactionLog.Placed placed = log.append(records);
        for (LedgerId ledger : LedgerId.values()) {
            List<Txn> txns = new ArrayList<>();
            List<Long> places = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (batch.get(i).ledger() == ledger) {
                    txns.add(batch.get(i).txn());
                    places.add(placed.offsets().get(i));
                }
            }
            if (!txns.isEmpty()) {
                index(ledger, txns, places);
            }
        }
        log.acknowledge(placed.end());
    }

    public Optional<Txn> read(LedgerId ledger, long seqNo) throws IOException {
        Tape places = at(offsets, ledger);
        if (seqNo < 1 || seqNo > places.count()) {
            return Optional.empty();
        }
        long offset = ByteBuffer.wrap(places.cell(seqNo - 1)).getLong();
        return Optional.of(parse(log.jsonAt(offset), offset));
    }

    public MerkleTape tree(LedgerId ledger) {
        return at(trees, ledger);
    }

    public long size(LedgerId ledger) {
        return tree(ledger).size();
    }

    /** The transaction that a request with this payload digest became. For the writing thread only. */
    public Optional<Entry> findByPayload(String payloadDigest) throws IOException {
        long key = DigestIndex.key(payloadDigest);
        for (int rank = 0; ; rank++) {
            long place = digests.candidate(key, rank);
            if (place == 0) {
                return Optional.empty();
            }
            Optional<Txn> txn = read(DigestIndex.ledger(place), DigestIndex.seqNo(place));
            if (txn.isPresent() && payloadDigest.equals(txn.get().metadata().get("payloadDigest"))) {
                return Optional.of(new Entry(DigestIndex.ledger(place), txn.get()));
            }
        }
    }

    public TransactionLog log() {
        return log;
    }

    /** Forces to disk how much was acknowledged. */
    public void forceAcknowledged() throws IOException {
        log.forceAcknowledged();
    }

    @Override
    public void close() throws IOException {
        try (lock;
                log) {
            closeDerived();
        }
    }

    private void index(LedgerId ledger, List<Txn> txns, List<Long> places) throws IOException {
        ByteBuffer cells = ByteBuffer.allocate(OFFSET_BYTES * places.size());
        List<byte[]> leaves = new ArrayList<>(txns.size());
        for (int i = 0; i < txns.size(); i++) {
            cells.putLong(places.get(i));
            Txn txn = txns.get(i);
            leaves.add(txn.leaf());
            if (txn.metadata().get("payloadDigest") instanceof String digest && digest.length() == 64) {
                digests.put(DigestIndex.key(digest), ledger, txn.seqNo());
            }
        }
        tree(ledger).append(leaves);
        at(offsets, ledger).append(cells.flip());
    }

    private static Txn parse(String json, long offset) throws IOException {
        try {
            return Txn.parse(json);
        } catch (JsonException e) {
            throw new DamagedLedgerException("ledger.log", offset, "the record's text is no transaction.");
        }
    }

    private static <T> T at(Map<LedgerId, T> map, LedgerId ledger) {
        return java.util.Objects.requireNonNull(map.get(ledger));
    }
}
