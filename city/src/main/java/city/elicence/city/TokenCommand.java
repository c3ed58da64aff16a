package city.elicence.city;

import city.elicence.city.setup.Ceremony;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.credentials.staff.StaffToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() throws IOException {
        Ceremony ceremony = new Ceremony(options.folder(), Ceremony.NAMESPACE, Instant.now());
        StaffToken token = StaffToken.of("script", role, StaffToken.Use.ACCESS, Instant.now(), LIFE);
        System.out.println(token.mint(ceremony.staffKey()));
        return 0;
    }
}
