package city.elicence.node.request;

/**
 * What a request would do, as the rules name it: {@code type--ADD--field--*--new} or {@code type--EDIT--field--old--new}.
 *
 * @param owner whether the author owns what would be changed
 */
public record AuthAction(String type, String prefix, String field, String oldValue, String newValue, boolean owner) {
    public static final String ADD = "ADD";
    public static final String EDIT = "EDIT";
    private static final String ANY = "*";

    public static AuthAction add(String type, String field, String value) {
        return new AuthAction(type, ADD, field, ANY, value, true);
    }

    public static AuthAction add(String type, boolean owner) {
        return new AuthAction(type, ADD, ANY, ANY, ANY, owner);
    }

    public static AuthAction edit(String type, boolean owner) {
        return new AuthAction(type, EDIT, ANY, ANY, ANY, owner);
    }

    public static AuthAction edit(String type, String field, String oldValue, String newValue, boolean owner) {
        return new AuthAction(type, EDIT, field, oldValue, newValue, owner);
    }

    public String id() {
        return String.join("--", type, prefix, field, oldValue, newValue);
    }
}
