package city.elicence.city;

import city.elicence.city.demo.Demo;
import city.elicence.city.demo.Narrator;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.story.SingleWindow;
import city.elicence.city.story.Stories;
import city.elicence.city.story.Story;
import city.elicence.city.story.StoryCity;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a city, plays the main job or one of its systems, stops the city. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Plays the main job, or one of the city's systems, on the terminal.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final CityOptions options = new CityOptions();

    @CommandLine.Parameters(
            arity = "0..1",
            paramLabel = "SYSTEM",
            description = "a system to play through; nothing for the main job, any other word lists them")
    private @Nullable String system;

    @Option(
            names = "--declarations",
            paramLabel = "N",
            description = "single-window: how many declarations are run through whole (default: ${DEFAULT-VALUE})")
    private int declarations = SingleWindow.USUAL;

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        Optional<Story> story = Optional.ofNullable(system).flatMap(this::story);
        if (system != null && story.isEmpty()) {
            System.err.println("There is no system '" + system + "'. The systems are:");
            Stories.all()
                    .forEach(each -> System.err.printf(
                            "  %-18s %s  %s%n",
                            each.name(), each.title().en(), each.title().zh()));
            return 2;
        }
        City.Settings settings = new City.Settings(
                options.folder(),
                options.host(),
                new Ports(options.portBase()),
                options.tls(),
                options.pool(),
                Clock.systemUTC(),
                part -> {
                    System.out.print(" " + part + " …");
                    System.out.flush();
                });
        System.out.println("e-licence: a city's licences on a citizen's phone. All people and companies are made up.");
        System.out.print("Starting:");
        try (City city = City.start(settings)) {
            System.out.println();
            if (story.isPresent()) {
                Narrator narrator = new Narrator(System.out);
                System.out.println(
                        story.get().title().en() + "  " + story.get().title().zh());
                try (StoryCity stage = new StoryCity(city, story.get(), narrator)) {
                    story.get().play(stage, narrator);
                }
                narrator.table();
            } else {
                new Demo(city, System.out).play(Duration.ofNanos(System.nanoTime() - begun));
            }
            System.out.println();
            System.out.println("Pictures of every QR code: " + city.folder().pictures());
            System.out.println("The pages, while " + options.up() + " runs on the same data:");
            int port = city.ports().portal();
            PageLinks.print(city, city.door("portal", port).base(port), System.out);
        }
        return 0;
    }

    private Optional<Story> story(String name) {
        return Stories.named(name).map(story -> story instanceof SingleWindow ? new SingleWindow(declarations) : story);
    }
}
