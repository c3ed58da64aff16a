package city.elicence.ledger.audit;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The audit as a command: {@code AuditTool GENESIS-FILE AUTHORITY-DID}. It needs no native library, no key and no account. */
public final class AuditTool {

    /** Nothing was found. */
    public static final int CLEAN = 0;

    /** Something was found that must not be. */
    public static final int FOUND = 1;

    /** The audit could not be made. */
    public static final int FAILED = 2;

    private AuditTool() {}

    /**
     * What an auditor has beside the ledger, if anything.
     *
     * @param issuers addresses of issuer services, which are asked for consistency proofs
     * @param samples folders or files with credentials and their receipts: JSON with {@code credential} and {@code receipt}
     */
    public record Beside(List<URI> issuers, List<Path> samples) {
        public Beside {
            issuers = List.copyOf(issuers);
            samples = List.copyOf(samples);
        }

        /** The ledger alone. */
        public static Beside nothing() {
            return new Beside(List.of(), List.of());
        }
    }

    /** Audits, hands the report on line by line, and returns the exit code. */
    public static int run(Path genesis, Did authority, Beside beside, Clock clock, Consumer<String> out) {
        List<Sample> samples;
        try {
            samples = samples(beside.samples());
        } catch (IOException | JsonException e) {
            out.accept("the credentials could not be read: " + e.getMessage());
            return FAILED;
        }
        try (ZmqLedgerReader ledger = ZmqLedgerReader.open(ZmqSettings.of(genesis, authority), clock);
                HttpLogProofs proofs = new HttpLogProofs(beside.issuers())) {
            AuditReport report = Audit.run(ledger, proofs, samples);
            report.lines().forEach(out);
            return report.isClean() ? CLEAN : FOUND;
        } catch (LedgerException e) {
            out.accept("the ledger could not be audited (" + e.reason() + "): " + e.getMessage());
            return FAILED;
        }
    }

    private static List<Sample> samples(List<Path> places) throws IOException, JsonException {
        List<Sample> samples = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    Fields fields = Fields.parse(Files.readString(file));
                    // Of an SD-JWT the issuer logged what stands before the first disclosure.
                    String jwt = fields.string("credential").split("~", -1)[0];
                    samples.add(Sample.of(Receipt.fromJson(fields.object("receipt")), jwt));
                }
            }
        }
        return samples;
    }

    /** For a terminal. */
    @SuppressWarnings("SystemOut") // it is a command
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("expected a genesis file and the authority's DID");
            System.exit(FAILED);
        }
        System.exit(run(Path.of(args[0]), new Did(args[1]), Beside.nothing(), Clock.systemUTC(), System.out::println));
    }
}
