package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import java.util.EnumMap;
import java.util.Map;

/**
 * From where a ledger can be opened without applying what is before: what had been computed from the log up to that byte is on disk
 * beside it.
 *
 * @param logLength up to where the log is accounted for
 * @param chain the checksum over all records up to there, by which a changed log is told from the one that was accounted for
 * @param digestsChecksum the checksum of the file that maps digests to transactions
 */
public record Resume(long logLength, long chain, Map<LedgerId, Long> sizes, long digestsChecksum) {
    public Resume {
        sizes = Map.copyOf(sizes);
    }

    /** The start of everything. */
    public static Resume fromGenesis() {
        return new Resume(0, 0, Map.of(LedgerId.POOL, 0L, LedgerId.DOMAIN, 0L, LedgerId.CONFIG, 0L), 0);
    }

    public long size(LedgerId ledger) {
        return sizes.getOrDefault(ledger, 0L);
    }

    /** The chain with one more record. */
    static long next(long chain, int recordChecksum) {
        return (chain ^ Integer.toUnsignedLong(recordChecksum)) * 0x9E3779B97F4A7C15L + 1;
    }

    /** The records before the point from which a ledger resumes: counted and chained, not applied. */
    static final class Skipped {
        private final Resume resume;
        private final Map<LedgerId, Long> sizes = new EnumMap<>(LedgerId.class);
        private long chain;
        private boolean complete;

        Skipped(Resume resume) {
            this.resume = resume;
        }

        boolean skips(long offset, LedgerId ledger, long seqNo, int checksum) throws StaleCheckpointException {
            if (offset >= resume.logLength()) {
                requireAll();
                return false;
            }
            sizes.put(ledger, seqNo);
            chain = Resume.next(chain, checksum);
            return true;
        }

        /** What was skipped must be exactly what had been accounted for. */
        void requireAll() throws StaleCheckpointException {
            if (complete) {
                return;
            }
            for (LedgerId ledger : LedgerId.values()) {
                if (sizes.getOrDefault(ledger, 0L) != resume.size(ledger)) {
                    throw new StaleCheckpointException("the checkpoint counts other transactions than the log has");
                }
            }
            if (chain != resume.chain()) {
                throw new StaleCheckpointException("the checkpoint was made of another log than this");
            }
            complete = true;
        }
    }
}
