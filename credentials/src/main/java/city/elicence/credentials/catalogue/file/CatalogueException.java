package city.elicence.credentials.catalogue.file;

/** A catalogue file is not what it should be. The message names the file, the path in it and what was expected. */
public final class CatalogueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String path;

    public CatalogueException(String file, String path, String expected) {
        super(file + ": " + path + ": " + expected);
        this.file = file;
        this.path = path;
    }

    public String file() {
        return file;
    }

    /** Where in the file, written as in a claim path: {@code claims[2].validator}; {@code (top)} for the whole. */
    public String path() {
        return path;
    }
}
