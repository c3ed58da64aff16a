package city.elicence.credentials.catalogue.check;

import java.util.Optional;

/**
 * What is wrong with a number: its form, or which digit rule it breaks. No text in it holds the number.
 *
 * @param code stable, such as {@code citizen-id.check-digit}
 * @param warning true where deployed systems are known to differ from the standard, so that the number may still be used
 */
public record Defect(String code, String zh, String en, boolean warning) {
    static Optional<Defect> none() {
        return Optional.empty();
    }

    static Optional<Defect> of(String code, String zh, String en) {
        return Optional.of(new Defect(code, zh, en, false));
    }

    static Optional<Defect> warning(String code, String zh, String en) {
        return Optional.of(new Defect(code, zh, en, true));
    }
}
