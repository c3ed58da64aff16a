package city.elicence.credentials.catalogue;

import city.elicence.credentials.json.ClaimPath;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From birth to end of a licence of a type.
 *
 * @param longest how long a licence can be valid
 * @param untilClaim a date claim after which it is not valid, or null
 * @param suspendedBy events in the holder's life that suspend it
 * @param causes the event that its issue is proof of, or null
 * @param supersedes the earlier licences that its issue ends
 * @param useOnce what can be registered once with it, or null
 */
public record Lifecycle(
        Period longest,
        @Nullable ClaimPath untilClaim,
        List<Dependence> suspendedBy,
        @Nullable Cause causes,
        List<Supersession> supersedes,
        @Nullable UseOnce useOnce) {

    /** What happens to people and companies, and ends what depended on it. */
    public enum Event {
        DEATH,
        DIVORCE,
        DISSOLUTION
    }

    /** The licence is suspended when the event happens to whom the claim names. */
    public record Dependence(Event event, ClaimPath whom) {}

    /** A licence of this type is issued when the event has happened to whom the claim names. */
    public record Cause(Event event, ClaimPath whom) {}

    /**
     * Issue ends the licences of a type whose claims equal ours.
     *
     * @param match claim of the earlier licence to claim of the new one
     */
    public record Supersession(String type, Map<ClaimPath, ClaimPath> match) {
        public Supersession {
            match = Map.copyOf(match);
        }
    }

    /**
     * A use registered on the ledger under a nullifier computed from a secret in the credential.
     *
     * @param kind what the use is, such as {@code invoice-claim}: part of the nullifier
     * @param secret the claim that holds the 128-bit secret, made at issue
     * @param amount the claim that caps the sum of partial uses, or null where the first use is the only one
     */
    public record UseOnce(
            String kind, ClaimPath secret, @Nullable ClaimPath amount) {}

    public Lifecycle {
        suspendedBy = List.copyOf(suspendedBy);
        supersedes = List.copyOf(supersedes);
    }

    /** The last day of validity of a licence issued on a day: the earlier of its period's end and its own claim. */
    public LocalDate lastDay(Map<String, ?> claims, LocalDate issuedOn) {
        LocalDate last = issuedOn.plus(longest);
        if (untilClaim != null) {
            for (Object until : untilClaim.select(claims)) {
                LocalDate own = LocalDate.parse(String.valueOf(until));
                last = own.isBefore(last) ? own : last;
            }
        }
        return last;
    }
}
