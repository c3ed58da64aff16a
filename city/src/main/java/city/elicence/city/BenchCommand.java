package city.elicence.city;

import city.elicence.city.bench.CredentialBench;
import city.elicence.city.bench.DossierBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a load on parts of the city, in a folder of its own. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures: credentials, dossier.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "WHAT",
            description = {
                "credentials: licences made, judged, issued and checked, beside the bare signature",
                "dossier: documents of companies, asked for by reference"
            })
    private String what = "";

    @Option(names = "--documents", description = "how many (default: ${DEFAULT-VALUE})")
    private long documents = 60_000;

    @Option(names = "--companies", description = "of how many companies (default: ${DEFAULT-VALUE})")
    private int companies = 121;

    @Option(names = "--queries", description = "how many questions are asked (default: ${DEFAULT-VALUE})")
    private int queries = 2_000;

    @Option(names = "--rounds", description = "(credentials) how many of each (default: ${DEFAULT-VALUE})")
    private int rounds = 200;

    @Option(names = "--port-base", description = "(credentials) first of the ports used (default: ${DEFAULT-VALUE})")
    private int portBase = 8_400;

    @Option(names = "--data", paramLabel = "DIR", description = "an empty folder (default: one that is new)")
    private Path data = Path.of("");

    @Override
    public Integer call() throws Exception {
        if (!Set.of("credentials", "dossier").contains(what)) {
            throw new IllegalArgumentException("bench knows: credentials, dossier");
        }
        Path folder = data.toString().isEmpty() ? Files.createTempDirectory("elicence-bench") : data;
        System.setProperty("elicence.logs", folder.resolve("logs").toString());
        System.out.println("in " + folder + " (delete it afterwards)");
        if (what.equals("credentials")) {
            new CredentialBench(System.out, rounds).run(folder, portBase);
            return 0;
        }
        DossierBench.Measured measured =
                new DossierBench(System.out).run(folder, new DossierBench.Size(documents, companies, queries));
        return measured.documents() > 0 ? 0 : 1;
    }
}
