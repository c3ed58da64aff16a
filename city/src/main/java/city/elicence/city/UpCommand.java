package city.elicence.city;

import city.elicence.city.observe.Observer;
import city.elicence.city.observe.ObserverProcess;
import city.elicence.city.phone.Phone;
import city.elicence.city.portal.Portal;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a city running until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Runs the city and prints the addresses of its pages.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final CityOptions options = new CityOptions();

    @Option(
            names = "--apk",
            paramLabel = "FILE",
            description = "the app that the portal hands to phones, if it is there (default: ${DEFAULT-VALUE})")
    private Path apk = Path.of("android-sample/target/elicence.apk");

    @Option(names = "--json", description = "print one line of JSON once all is ready")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String host = options.host();
        CityFolder folder = options.folder();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        City.Settings settings = new City.Settings(
                folder,
                host,
                new Ports(options.portBase()),
                options.tls(),
                options.pool(),
                Clock.systemUTC(),
                part -> {});
        try (City city = City.start(settings);
                Phone phone = Phone.start(city);
                Portal portal = Portal.start(city, phone, apk);
                ObserverProcess observer = ObserverProcess.start(observing(city), city.clock())) {
            if (json) {
                System.out.println(machine(city, phone, portal)
                        .put("observer", observer.door().base().toString())
                        .encode());
            } else {
                people(city, phone, portal);
                System.out.println("  regulator       " + observer.door().link());
            }
            System.out.flush();
            stopped.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /** The regulator's observer gets what a stranger gets, the genesis file, and the authority's key besides. */
    private static ObserverProcess.Settings observing(City city) {
        return new ObserverProcess.Settings(
                city.genesisFile(),
                city.authorityKey().did().namespace(),
                city.door("observer", city.ports().observer()),
                List.of(
                        city.issuerBase(),
                        city.verifierBase(),
                        city.companyWallet().base()),
                Observer.Pace.USUAL,
                city.authorityKey());
    }

    private JsonObject machine(City city, Phone phone, Portal portal) {
        JsonObject issuers = new JsonObject();
        city.parties().forEach(party -> issuers.put(party.id(), city.issuerBase() + "/" + party.id()));
        return new JsonObject()
                .put("portal", portal.base().toString())
                .put("issuer", city.issuerBase().toString())
                .put("verifier", city.verifierBase().toString())
                .put("phone", phone.base().toString())
                .put("company_wallet", city.companyWallet().base().toString())
                .put("credential_issuers", issuers)
                .put("genesis", city.genesisFile().toString())
                .put("authority", city.authorityKey().did().value())
                .put("trust_anchor", city.folder().trustAnchor().toString())
                .put(
                        "tls_authority",
                        options.tls() ? city.folder().tlsAuthority().toString() : null)
                .put("pid", ProcessHandle.current().pid());
    }

    private static void people(City city, Phone phone, Portal portal) {
        System.out.println("The city is up. Ctrl-C stops it.");
        PageLinks.print(city, portal.link(), System.out);
        System.out.println("  demo phone      " + phone.link());
        System.out.println("  a real phone    " + portal.ownPhone());
        System.out.println("  data            " + city.folder().root());
    }
}
