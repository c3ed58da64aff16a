package city.elicence.credentials.trust;

/** May issue credentials of a type (its id in the catalogue) in a period. */
public record Grant(String type, Period period) {
    public Grant {
        if (type.isEmpty()) {
            throw new IllegalArgumentException("expected a type");
        }
    }
}
