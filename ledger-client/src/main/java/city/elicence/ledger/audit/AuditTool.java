package city.elicence.ledger.audit;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The audit as a command: {@code AuditTool GENESIS-FILE AUTHORITY-DID}. It needs no native library, no key and no account. */
public final class AuditTool {

    /** Nothing was found. */
    public static final int CLEAN = 0;

    /** Something was found that must not be. */
    public static final int FOUND = 1;

    /** The audit could not be made. */
    public static final int FAILED = 2;

    private AuditTool() {}

    /** Audits, hands the report on line by line, and returns the exit code. */
    public static int run(Path genesis, Did authority, Clock clock, Consumer<String> out) {
        try (ZmqLedgerReader ledger = ZmqLedgerReader.open(ZmqSettings.of(genesis, authority), clock)) {
            AuditReport report = Audit.run(ledger, LogProofs.none(), List.of());
            report.lines().forEach(out);
            return report.isClean() ? CLEAN : FOUND;
        } catch (LedgerException e) {
            out.accept("the ledger could not be audited (" + e.reason() + "): " + e.getMessage());
            return FAILED;
        }
    }

    /** For a terminal. */
    @SuppressWarnings("SystemOut") // it is a command
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("expected a genesis file and the authority's DID");
            System.exit(FAILED);
        }
        System.exit(run(Path.of(args[0]), new Did(args[1]), Clock.systemUTC(), System.out::println));
    }
}
