package city.elicence.web.database;

/**
 * The database cannot be reached, is starting or stopping, has no room, or went away before it answered. What was under way may have been
 * done all the same: who must know looks before asking again.
 */
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * As the driver tells it.
     *
     * @param cause what the driver found
     */
    public DatabaseUnavailable(Throwable cause) {
        super("the database does not answer: " + cause.getClass().getSimpleName(), cause, false, false);
    }
}
