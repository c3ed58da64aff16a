package city.elicence.ledger.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What an audit found.
 *
 * @param proven what holds, in words, each with its numbers
 * @param unproven what could not be checked, and why
 * @param findings what must not be
 */
public record AuditReport(List<String> proven, List<String> unproven, List<Finding> findings) {

    public AuditReport {
        proven = List.copyOf(proven);
        unproven = List.copyOf(unproven);
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found that must not be. What was not proven may still be wrong. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** The report as lines of text, for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        proven.forEach(line -> lines.add("proven      " + line));
        unproven.forEach(line -> lines.add("not proven  " + line));
        findings.forEach(found ->
                lines.add("FOUND       " + found.fault() + " in transaction " + found.seqNo() + ": " + found.what()));
        return lines;
    }
}
