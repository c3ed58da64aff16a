package city.elicence.city.story.knows;

/** Something in a story came out otherwise than it must. */
public final class StoryFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoryFailed(String text) {
        super(text);
    }
}
