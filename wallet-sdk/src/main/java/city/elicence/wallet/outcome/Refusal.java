package city.elicence.wallet.outcome;

/**
 * Why the wallet did not go on, in words for people.
 *
 * @param code stable, kebab-case; one of {@link Reason} or of the table that verifiers use
 * @param detail what was expected and what was found, for a log; never a claim's value
 */
public record Refusal(String code, Words sentence, Words nextStep, String detail) {
    public boolean is(Reason reason) {
        return code.equals(reason.code());
    }
}
