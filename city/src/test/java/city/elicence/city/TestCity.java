package city.elicence.city;

import city.elicence.city.phone.Phone;
import city.elicence.city.portal.Portal;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import city.elicence.ledger.WriteOutcome;
import city.elicence.web.database.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One city for all tests of this JVM, on a folder of its own and free ports. */
public final class TestCity {
    private static final List<ServerSocket> HELD = new ArrayList<>();

    private static @Nullable TestCity instance;

    private final City city;
    private final Phone phone;
    private final Portal portal;

    private TestCity() throws Exception {
        CityFolder folder = CityFolder.at(Files.createTempDirectory("elicence-city"));
        city = City.start(new City.Settings(folder, new Ports(freeBase()), false, Clock.systemUTC(), part -> {}));
        phone = Phone.start(city);
        portal = Portal.start(city, phone, folder.root().resolve("elicence.apk"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** The city, started at first use. */
    public static synchronized TestCity get() throws Exception {
        if (instance == null) {
            instance = new TestCity();
        }
        return instance;
    }

    public City city() {
        return city;
    }

    /** A connection of its own to the database of the city's services, to look at or to break what they keep. */
    public static Connection database() throws Exception {
        DatabaseSettings settings = get().city().database();
        return DriverManager.getConnection(settings.jdbcAddress(), settings.user(), settings.password());
    }

    public Phone phone() {
        return phone;
    }

    public Portal portal() {
        return portal;
    }

    /**
     * A base with nine free ports after it, below those that the system gives out. It is nobody else's until this process ends:
     * the tenth port is held, which every test that wants a city's ports tries first.
     */
    public static synchronized int freeBase() throws IOException {
        long first = ProcessHandle.current().pid();
        for (int tried = 0; tried < 500; tried++) {
            int base = 21_000 + (int) ((first + tried) % 500) * 20;
            ServerSocket mark = new ServerSocket();
            try {
                mark.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + 9));
            } catch (IOException held) {
                mark.close();
                continue;
            }
            if (free(base)) {
                HELD.add(mark);
                return base;
            }
            mark.close();
        }
        throw new IOException("no nine free ports");
    }

    private static boolean free(int base) {
        for (int port = base; port < base + 9; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                probe.getLocalPort();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    /** Takes no other outcome than that it is on the ledger. */
    public static void done(WriteOutcome outcome) {
        if (!outcome.isDone()) {
            throw new AssertionError(outcome);
        }
    }

    private void stop() {
        portal.close();
        phone.close();
        city.close();
    }
}
