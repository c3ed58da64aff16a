package city.elicence.node;

import city.elicence.node.genesis.Genesis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The node's command line: {@code init}, {@code run}, {@code backup}, {@code restore}, {@code verify}. Texts for people; no key is ever printed. */
public final class LedgerCommand {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String LOCALHOST = "127.0.0.1";

    private final PrintStream out;

    private LedgerCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws InterruptedException {
        int code = run(List.of(args), System.out);
        if (code != OK) {
            System.exit(code);
        }
    }

    /** Returns the exit code. */
    public static int run(List<String> args, PrintStream out) throws InterruptedException {
        LedgerCommand command = new LedgerCommand(out);
        try {
            return command.dispatch(args);
        } catch (IOException | IllegalArgumentException e) {
            out.println(e.getMessage());
            return FAILED;
        }
    }

    private int dispatch(List<String> args) throws IOException, InterruptedException {
        return switch (String.join(" ", args.subList(0, Math.min(1, args.size())))) {
            case "init" -> args.size() == 3 ? init(Path.of(args.get(1)), args.get(2)) : usage();
            case "verify" -> args.size() == 2 ? report(LedgerFiles.verify(Path.of(args.get(1)))) : usage();
            case "backup" -> args.size() == 3 ? backup(Path.of(args.get(1)), Path.of(args.get(2))) : usage();
            case "restore" -> args.size() == 3 ? restore(Path.of(args.get(1)), Path.of(args.get(2))) : usage();
            case "run" -> args.size() == 3 ? serve(Path.of(args.get(1)), args.get(2)) : usage();
            default -> usage();
        };
    }

    private int usage() {
        out.println("""
            ledger init FOLDER PORT     make keys and genesis files for a new ledger
            ledger run FOLDER PORT      serve clients until stopped; health on the second port after it
            ledger backup FOLDER NEW    copy genesis files and log to a new folder, while the node runs or not
            ledger restore BACKUP NEW   make a data folder from a backup, and verify it
            ledger verify FOLDER        check every transaction again, from genesis\
            """);
        return USAGE;
    }

    private int init(Path folder, String port) throws IOException {
        Genesis genesis = Genesis.create(folder, "Node1", LOCALHOST, Integer.parseInt(port), new SecureRandom());
        out.println("Clients need this file, which is public:  " + genesis.poolFile());
        out.println("The trustee's key is in:                  " + genesis.trusteeKeyFile());
        out.println("  Its DID is " + genesis.trustee().did()
                + ". Whoever has this file may do everything on this ledger.");
        out.println(
                "  Make a second trustee, move this file to a safe place off this machine, and keep a copy elsewhere.");
        out.println("The node's own key is in:                 " + genesis.nodeKeyFile());
        out.println("  The node reads it at each start. Losing it makes a new genesis necessary: keep a copy.");
        return OK;
    }

    private int backup(Path folder, Path target) throws IOException {
        LedgerFiles.backup(folder, target);
        out.println("Copied to " + target + ". The keys in " + folder.resolve("keys")
                + " are not in it: keep a copy of them" + " in another, safer place.");
        return OK;
    }

    private int restore(Path backup, Path folder) throws IOException {
        int code = report(LedgerFiles.restore(backup, folder));
        out.println("Put the keys into " + folder.resolve("keys")
                + " (readable by their owner only) before starting the node.");
        return code;
    }

    private int report(LedgerFiles.Verified verified) {
        verified.problems().forEach(problem -> out.println("WRONG: " + problem));
        verified.roots().forEach(out::println);
        out.println(
                verified.problems().isEmpty()
                        ? "Every transaction was checked again from genesis, and is right."
                        : "This ledger is not what its rules allow. Compare it with a backup, and with roots that"
                                + " others have kept.");
        return verified.problems().isEmpty() ? OK : FAILED;
    }

    private int serve(Path folder, String port) throws IOException, InterruptedException {
        try (LedgerNode node = LedgerNode.start(
                new NodeSettings(folder, LOCALHOST, Integer.parseInt(port), Integer.parseInt(port) + 2),
                Clock.systemUTC())) {
            out.println("ready on port " + node.port() + " with " + node.size() + " transactions; genesis "
                    + node.genesisFile());
            Thread.currentThread().join();
        }
        return OK;
    }
}
