package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.use.UseRule;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * @param heldBy claims that name whose wallet it is for, where that is not its subject
 */
public record Lifecycle(
        Period longest,
        @Nullable ClaimPath untilClaim,
        List<Dependence> suspendedBy,
        @Nullable Cause causes,
        List<Supersession> supersedes,
        @Nullable UseOnce useOnce,
        List<ClaimPath> heldBy) {

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
     * @param amount the claim that caps the sum of partial uses, or null where uses are counted
     * @param times how many uses there can be at a time, where no amount caps them
     * @param release whether a use can be given back, such as an advance that was repaid
     * @param unless the flag that forbids any use while it is true, such as a red-letter invoice's, or null
     */
    public record UseOnce(
            String kind,
            ClaimPath secret,
            @Nullable ClaimPath amount,
            int times,
            boolean release,
            @Nullable ClaimPath unless) {

        /** The rule for a licence with these claims; nothing when the claim that caps it is not among them. */
        public Optional<UseRule> rule(Map<String, ?> claims) {
            if (amount == null) {
                return Optional.of(new UseRule(times, release));
            }
            List<?> found = amount.select(claims);
            return found.size() == 1 && found.get(0) instanceof Number number && number.longValue() >= 0
                    ? Optional.of(new UseRule(number.longValue(), release))
                    : Optional.empty();
        }

        /** Whether a licence with these claims must not be used at all. */
        public boolean isForbidden(Map<String, ?> claims) {
            return unless != null && unless.select(claims).contains(true);
        }
    }

    private static final int MOST_TIMES = 100;

    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,39}");

    public Lifecycle {
        suspendedBy = List.copyOf(suspendedBy);
        supersedes = List.copyOf(supersedes);
        heldBy = List.copyOf(heldBy);
    }

    /** Reads the keys of a type's file that are about its life. */
    static Lifecycle read(Entry type, Claims claims) throws CatalogueException {
        Entry validity = type.get("validity").only("longest", "until");
        Optional<Entry> until = validity.find("until");
        List<Dependence> suspendedBy = new ArrayList<>();
        for (Entry entry : type.elements("suspended_by")) {
            Cause cause = readCause(entry, claims);
            suspendedBy.add(new Dependence(cause.event(), cause.whom()));
        }
        Optional<Entry> causes = type.find("causes");
        List<Supersession> supersedes = new ArrayList<>();
        for (Entry entry : type.elements("supersedes")) {
            supersedes.add(readSupersession(entry, claims));
        }
        Optional<Entry> useOnce = type.find("use_once");
        List<ClaimPath> heldBy = new ArrayList<>();
        for (Entry path : type.elements("held_by")) {
            heldBy.add(claims.path(path, ValueType.STRING));
        }
        return new Lifecycle(
                validity.get("longest").period(),
                until.isPresent() ? claims.path(until.get(), ValueType.DATE) : null,
                suspendedBy,
                causes.isPresent() ? readCause(causes.get(), claims) : null,
                supersedes,
                useOnce.isPresent() ? readUseOnce(useOnce.get(), claims) : null,
                heldBy);
    }

    private static Cause readCause(Entry entry, Claims claims) throws CatalogueException {
        entry.only("event", "whom");
        return new Cause(entry.get("event").word(Event.class), claims.path(entry.get("whom"), ValueType.STRING));
    }

    private static Supersession readSupersession(Entry entry, Claims claims) throws CatalogueException {
        entry.only("type", "match");
        Map<ClaimPath, ClaimPath> match = new HashMap<>();
        for (Map.Entry<String, Entry> pair : entry.get("match").fields().entrySet()) {
            try {
                match.put(ClaimPath.parse(pair.getKey()), claims.path(pair.getValue()));
            } catch (IllegalArgumentException e) {
                throw pair.getValue().expected("a claim path of the earlier licence as its key");
            }
        }
        return new Supersession(entry.get("type").text(), match);
    }

    private static UseOnce readUseOnce(Entry entry, Claims claims) throws CatalogueException {
        entry.only("kind", "secret", "amount", "times", "release", "unless");
        Claim secret = claims.claim(entry.get("secret"), ValueType.STRING);
        if (!secret.secret()) {
            throw entry.get("secret").expected("a claim with the validator secret-128");
        }
        Optional<Entry> amount = entry.find("amount");
        Optional<Entry> times = entry.find("times");
        Optional<Entry> unless = entry.find("unless");
        if (amount.isPresent() && times.isPresent()) {
            throw times.get().expected("either an amount or a number of times");
        }
        return new UseOnce(
                entry.get("kind").text(KIND, "a kind of lower-case letters and hyphens"),
                secret.path(),
                amount.isPresent() ? claims.path(amount.get(), ValueType.MONEY) : null,
                times.isPresent() ? (int) times.get().number(1, MOST_TIMES) : 1,
                entry.flag("release"),
                unless.isPresent() ? claims.path(unless.get(), ValueType.BOOLEAN) : null);
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
