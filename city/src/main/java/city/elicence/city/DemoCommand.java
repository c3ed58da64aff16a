package city.elicence.city;

import city.elicence.city.demo.Demo;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a city, plays the main job, stops the city. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Plays the main job on the terminal.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final CityOptions options = new CityOptions();

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        City.Settings settings = new City.Settings(
                options.folder(), new Ports(options.portBase()), options.tls(), Clock.systemUTC(), part -> {});
        System.out.println("e-licence: a city's licences on a citizen's phone. All people and companies are made up.");
        try (City city = City.start(settings)) {
            new Demo(city, System.out).play(Duration.ofNanos(System.nanoTime() - begun));
            System.out.println();
            System.out.println("   Pictures of every QR code:  " + city.folder().pictures());
            System.out.println("   For the pages:              ./elicence up");
        }
        return 0;
    }
}
