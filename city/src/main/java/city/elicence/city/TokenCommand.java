package city.elicence.city;

import city.elicence.city.setup.Ceremony;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints an access token for scripts. Who can read the city's folder can do this, and nobody else. */
@Command(name = "token", mixinStandardHelpOptions = true, description = "Prints a short-lived access token.")
final class TokenCommand implements Callable<Integer> {
    private static final Duration LIFE = Duration.ofMinutes(15);

    @Mixin
    private final CityOptions options = new CityOptions();

    @Option(names = "--role", required = true, description = "one of ${COMPLETION-CANDIDATES}")
    private StaffRole role = StaffRole.AUDITOR;

    @Option(
            names = "--office",
            description = "good at this office alone, such as traffic-police (default: at every office)")
    private @Nullable String office;

    @Option(
            names = "--person",
            description = "with --role company: as which of the company's people, such as lin-xiaoning")
    private String person = "script";

    @Override
    public Integer call() throws IOException {
        Ceremony ceremony = new Ceremony(options.folder(), Ceremony.NAMESPACE, Instant.now());
        StaffToken token = StaffToken.of(person, role, StaffToken.Use.ACCESS, Instant.now(), LIFE);
        token = office == null ? token : token.at(office);
        System.out.println(token.mint(ceremony.staffKey()));
        return 0;
    }
}
