package city.elicence.city;

import city.elicence.web.HttpDoor;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code ./elicence}. */
@Command(
        name = "elicence",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        description = "A city's licences on a citizen's phone.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            TokenCommand.class,
            LedgerToolCommand.class,
            AuditCommand.class,
            BenchCommand.class,
            ObserveCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs a command; the exit code is 0 when it did what it says. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println(said(failure));
            if (System.getenv("ELICENCE_TRACE") != null) {
                failure.printStackTrace(err);
            }
            err.flush();
            return 1;
        });
        System.exit(line.execute(args));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    private static String said(Throwable failure) {
        if (failure instanceof HttpDoor.PortInUse) {
            return failure.getMessage() + "; choose others with --port-base N";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
