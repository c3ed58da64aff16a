package city.elicence.company.keep;

/**
 * Somebody who signs in for a company.
 *
 * @param representative whether the business licence names this one: who needs no mandate
 */
public record Person(String id, String name, String idNumber, boolean representative) {
    public Person {
        if (!id.matches("[a-z][a-z0-9-]{1,62}")) {
            throw new IllegalArgumentException("a person's id is lower-case letters, digits and hyphens");
        }
    }
}
