package city.elicence.city.story;

import city.elicence.city.TestCity;
import city.elicence.city.demo.Narrator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Plays a story on the city that all tests of this JVM share, and gives back what was told. */
final class Stage {
    private Stage() {}

    static String play(String name) throws Exception {
        Story story = Stories.named(name).orElseThrow();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Narrator narrator = new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));
        try (StoryCity stage = new StoryCity(TestCity.get().city(), story, narrator)) {
            story.play(stage, narrator);
        } catch (Exception failed) {
            throw new AssertionError(
                    "the story ended early; it told:\n" + told.toString(StandardCharsets.UTF_8), failed);
        }
        narrator.table();
        return told.toString(StandardCharsets.UTF_8);
    }
}
