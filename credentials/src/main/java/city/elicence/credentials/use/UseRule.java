package city.elicence.credentials.use;

/**
 * What a licence allows: how much in all, and whether a use can be given back.
 *
 * @param cap the sum that uses may reach: an amount of the licence, or a number of times
 * @param releasable whether a use may be released, such as an advance that was repaid; a reservation always may
 */
public record UseRule(long cap, boolean releasable) {
    public UseRule {
        if (cap < 0) {
            throw new IllegalArgumentException("expected a cap that is not negative");
        }
    }
}
