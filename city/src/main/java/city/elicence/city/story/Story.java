package city.elicence.city.story;

import city.elicence.city.demo.Narrator;
import city.elicence.city.story.knows.WhoKnows;
import city.elicence.credentials.catalogue.Label;

/** One of the city's systems, played through on the real parts, its unhappy ways included. */
public interface Story {
    /** As in {@code ./elicence demo NAME} and {@code docs/systems/NAME.md}. */
    String name();

    /** What it is about. */
    Label title();

    /**
     * Plays it. Any outcome but the expected one ends it with an exception; the last thing it does is to look at
     * {@link WhoKnows what everybody could learn}.
     */
    void play(StoryCity city, Narrator narrator) throws Exception;
}
