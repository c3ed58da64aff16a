package city.elicence.node.ledger;

import java.util.EnumMap;
import java.util.Map;

/** The records before the point from which a ledger resumes: counted and chained, not applied. */
final class Skipped {
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
