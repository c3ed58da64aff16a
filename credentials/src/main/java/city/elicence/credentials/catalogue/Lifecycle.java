package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
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

    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,39}");

    public Lifecycle {
        suspendedBy = List.copyOf(suspendedBy);
        supersedes = List.copyOf(supersedes);
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
        return new Lifecycle(
                validity.get("longest").period(),
                until.isPresent() ? claims.path(until.get(), ValueType.DATE) : null,
                suspendedBy,
                causes.isPresent() ? readCause(causes.get(), claims) : null,
                supersedes,
                useOnce.isPresent() ? readUseOnce(useOnce.get(), claims) : null);
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
        entry.only("kind", "secret", "amount");
        Claim secret = claims.claim(entry.get("secret"), ValueType.STRING);
        if (!secret.secret()) {
            throw entry.get("secret").expected("a claim with the validator secret-128");
        }
        Optional<Entry> amount = entry.find("amount");
        return new UseOnce(
                entry.get("kind").text(KIND, "a kind of lower-case letters and hyphens"),
                secret.path(),
                amount.isPresent() ? claims.path(amount.get(), ValueType.MONEY) : null);
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
