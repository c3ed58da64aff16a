package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.elicence.city.demo.Demo;
import city.elicence.city.run.City;
import city.elicence.city.run.CityLedger;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import city.elicence.web.DoorSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with four nodes of Hyperledger Indy as its ledger: only the genesis file is another. */
final class RealPoolTest {
    private static final String INSTALLED = System.getProperty("pool.installed", "");

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "The demo on a real Indy pool of which one node is dead: every licence is issued, shown, refused and anchored as ever")
    void mainJob() throws Exception {
        assumeTrue(
                !INSTALLED.isEmpty(),
                "a real Indy pool is tested by: ./elicence ledger pool-test (property pool.installed is not set)");
        Path pool = folder.resolve("pool");
        script("create", INSTALLED, pool.toString(), Integer.toString(freePort()));
        script("start", INSTALLED, pool.toString());
        try {
            // Ready after some ten seconds; a busy machine gets more.
            TimeUnit.SECONDS.sleep(30);
            script("kill", pool.toString(), "Node4");
            ByteArrayOutputStream story = new ByteArrayOutputStream();
            City.Settings settings = new City.Settings(
                    CityFolder.at(folder.resolve("city")),
                    DoorSettings.LOOPBACK,
                    new Ports(TestCity.freeBase()),
                    false,
                    Optional.of(new CityLedger.Outside(pool.resolve("genesis.txn"), pool.resolve("trustee.json"))),
                    Clock.systemUTC(),
                    part -> {});
            try (City city = City.start(settings)) {
                new Demo(city, new PrintStream(story, true, StandardCharsets.UTF_8)).play(Duration.ZERO);
                assertTrue(city.ledger().size() > 20, "the pool was written to");
            }
            assertTrue(story.size() > 1_000, "the demo told its story");
        } finally {
            script("kill", pool.toString());
        }
    }

    private static void script(String... arguments) throws Exception {
        Path root = Path.of(System.getProperty("elicence.root", ".."));
        List<String> command = new ArrayList<>(
                List.of("bash", root.resolve("ledger-node/pool/pool.sh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("INDY_BATCH_WAIT", "0.1");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        assertEquals(0, builder.start().waitFor(), String.join(" ", command));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
