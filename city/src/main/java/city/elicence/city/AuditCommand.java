package city.elicence.city;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.audit.AuditTool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A stranger's check of a ledger: needs the genesis file and the authority's DID, and trusts nothing else. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Follows a ledger and checks every head, right and status list against all before it.")
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--genesis", required = true, paramLabel = "FILE", description = "the pool's genesis transactions")
    private Path genesis = Path.of("genesis.txn");

    @Option(
            names = "--authority",
            required = true,
            paramLabel = "DID",
            description = "whose word counts on accreditations: did:indy:…")
    private String authority = "";

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "an issuer service to ask for proofs that its logs only grew; may be given again")
    private List<URI> issuers = List.of();

    @Option(
            names = "--sample",
            paramLabel = "PATH",
            description = "file, or folder of files, with {\"credential\": …, \"receipt\": …}; may be given again")
    private List<Path> samples = List.of();

    @Override
    public Integer call() throws Exception {
        return AuditTool.run(
                genesis,
                new Did(authority),
                new AuditTool.Beside(issuers, samples),
                Clock.systemUTC(),
                System.out::println);
    }
}
