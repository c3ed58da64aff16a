package city.elicence.issuer.offer;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A clerk's order: these licences, with these claims, for whoever holds the offer.
 *
 * @param licences at least one
 * @param grant how the wallet will be authorised
 * @param txCode whether a transaction code is wanted with the pre-authorised code, told to the citizen by another way
 * @param readyIn how long until the licences may be issued; zero for at once, more for deferred issuance
 */
public record OfferRequest(List<Licence> licences, Grant grant, boolean txCode, Duration readyIn) {
    private static final int MAX_LICENCES = 20;
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);

    /** How a wallet is authorised (OpenID4VCI 1.0 §4.1.1). */
    public enum Grant {
        /** By the code in the offer. */
        PRE_AUTHORIZED,
        /** By the citizen signing in. */
        AUTHORIZATION
    }

    /** One licence to be. */
    public record Licence(String type, Map<String, Object> claims) {}

    public OfferRequest {
        licences = List.copyOf(licences);
        if (licences.isEmpty() || licences.size() > MAX_LICENCES) {
            throw new IllegalArgumentException("an offer has 1 to " + MAX_LICENCES + " licences");
        }
        if (readyIn.isNegative() || readyIn.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("a licence waits at most " + LONGEST_WAIT.toDays() + " days");
        }
        if (txCode && grant != Grant.PRE_AUTHORIZED) {
            throw new IllegalArgumentException("a transaction code goes with a pre-authorised code");
        }
    }
}
