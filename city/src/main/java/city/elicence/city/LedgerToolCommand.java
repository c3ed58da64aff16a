package city.elicence.city;

import city.elicence.node.LedgerCommand;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The ledger node's own command line. */
@Command(name = "ledger", description = "Makes, runs, verifies, backs up a ledger of your own: see ledger --help.")
final class LedgerToolCommand implements Callable<Integer> {
    @Parameters(arity = "0..*")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        return LedgerCommand.run(words, System.out);
    }
}
