package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.check.Defect;

/**
 * Something wrong with the claims given for a licence, to be shown beside the field. No text in it holds a claim's value.
 *
 * @param path the claim, with the element's number in an array: {@code items[2].amount}
 * @param code stable, such as {@code missing} or {@code citizen-id.check-digit}
 * @param warning true where the licence may still be issued (a check digit of a scheme that deployed systems differ on)
 */
public record ClaimProblem(String path, String code, Label sentence, boolean warning) {
    static ClaimProblem of(String path, String code, String zh, String en) {
        return new ClaimProblem(path, code, new Label(zh, en), false);
    }

    static ClaimProblem of(String path, Defect defect) {
        return new ClaimProblem(path, defect.code(), new Label(defect.zh(), defect.en()), defect.warning());
    }
}
