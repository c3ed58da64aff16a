package city.elicence.city.story;

import city.elicence.city.demo.Holder;
import java.time.LocalDate;

/**
 * A citizen of a story, who does not exist.
 *
 * @param number the citizen's number (GB 11643)
 */
public record Person(String name, String number, LocalDate born, boolean male, Holder phone) {
    /** As forms have it. */
    public String sex() {
        return male ? "male" : "female";
    }

    /** The same person with another phone. */
    public Person with(Holder other) {
        return new Person(name, number, born, male, other);
    }
}
