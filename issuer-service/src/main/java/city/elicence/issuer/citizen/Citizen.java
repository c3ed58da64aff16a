package city.elicence.issuer.citizen;

/** Someone who has shown who they are, by the number that registers know them by. */
public record Citizen(String number) {
    private static final int MAX_NUMBER = 64;

    public Citizen {
        number = number.strip();
        if (number.isEmpty() || number.length() > MAX_NUMBER) {
            throw new IllegalArgumentException("a citizen's number has 1 to " + MAX_NUMBER + " characters");
        }
    }

    /** Never the number: it is personal. */
    @Override
    public String toString() {
        return "Citizen";
    }
}
