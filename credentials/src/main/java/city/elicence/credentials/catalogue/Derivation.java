package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a claim is computed from others on the day of issue, so that the value behind it need not be shown. */
public sealed interface Derivation {
    /** Whether at least so many years have passed since a date ("age over 18"). */
    record AgeOver(ClaimPath from, int years) implements Derivation {
        @Override
        public @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
            Object date = only(claims, from);
            // Period counts somebody born on 29 February as a year older on 1 March.
            return date instanceof String text
                    ? Period.between(LocalDate.parse(text), onDay).getYears() >= years
                    : null;
        }
    }

    /** Whether a number or an amount in fen is at least a threshold. */
    record AtLeast(ClaimPath from, long threshold) implements Derivation {
        @Override
        public @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
            Object number = only(claims, from);
            return number instanceof Number amount ? amount.longValue() >= threshold : null;
        }
    }

    /** Whether a text or a list is or has one of the values. */
    record HasAnyOf(ClaimPath from, List<String> values) implements Derivation {
        public HasAnyOf {
            values = List.copyOf(values);
        }

        @Override
        public @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
            Object found = only(claims, from);
            if (found instanceof List<?> list) {
                return list.stream().anyMatch(values::contains);
            }
            return found instanceof String text ? values.contains(text) : null;
        }
    }

    /** How many elements a list has. */
    record Count(ClaimPath from) implements Derivation {
        @Override
        public @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
            return only(claims, from) instanceof List<?> list ? (long) list.size() : null;
        }
    }

    /** The same for every licence of the type: who holds a marriage certificate is married. */
    record Always(boolean value) implements Derivation {
        @Override
        public @Nullable Object compute(Map<String, ?> claims, LocalDate onDay) {
            return value;
        }
    }

    /** The value on that day, from claims that passed their check; null where the claim that it needs is not there. */
    @Nullable
    Object compute(Map<String, ?> claims, LocalDate onDay);

    /** Reads the one rule; whether the claims it names are there is seen by {@link #check}. */
    static Derivation read(Entry entry) throws CatalogueException {
        entry.only("from", "age_over", "at_least", "has_any_of", "count", "always");
        if (entry.object().containsKey("always")) {
            return new Always(entry.only("always").get("always").flag());
        }
        ClaimPath from = entry.get("from").claimPath();
        if (entry.object().containsKey("age_over")) {
            entry.only("from", "age_over");
            return new AgeOver(from, (int) entry.get("age_over").number(1, 150));
        }
        if (entry.object().containsKey("at_least")) {
            entry.only("from", "at_least");
            return new AtLeast(from, entry.get("at_least").number(1, Long.MAX_VALUE));
        }
        if (entry.object().containsKey("has_any_of")) {
            entry.only("from", "has_any_of");
            List<String> values = new ArrayList<>();
            for (Entry value : entry.get("has_any_of").elements()) {
                values.add(value.text());
            }
            return new HasAnyOf(from, values);
        }
        if (!entry.only("from", "count").get("count").flag()) {
            throw entry.expected("\"count\": true");
        }
        return new Count(from);
    }

    /** Complains at the claim's entry where the derivation needs what is not there or gives another type of value. */
    static void check(Claim claim, Entry claimEntry, Claims claims) throws CatalogueException {
        Derivation derivation = claim.derived();
        if (derivation == null) {
            return;
        }
        boolean counts = derivation instanceof Count;
        if (claim.type() != (counts ? ValueType.INTEGER : ValueType.BOOLEAN)) {
            throw claimEntry.get("type").expected(counts ? "integer for a count" : "boolean for a derived claim");
        }
        if (derivation instanceof Always) {
            return;
        }
        Entry from = claimEntry.get("derived").get("from");
        Claim source = claims.claim(from, sourceTypes(derivation));
        if (!source.entered() || (claim.mandatory() && !source.mandatory())) {
            throw from.expected("a claim that is entered, and mandatory if the derived one is");
        }
    }

    private static ValueType[] sourceTypes(Derivation derivation) {
        if (derivation instanceof AgeOver) {
            return new ValueType[] {ValueType.DATE};
        }
        if (derivation instanceof AtLeast) {
            return new ValueType[] {ValueType.MONEY, ValueType.INTEGER};
        }
        return derivation instanceof Count
                ? new ValueType[] {ValueType.ARRAY}
                : new ValueType[] {ValueType.STRING, ValueType.ARRAY};
    }

    private static @Nullable Object only(Map<String, ?> claims, ClaimPath from) {
        List<@Nullable Object> found = from.select(claims);
        return found.size() == 1 ? found.get(0) : null;
    }
}
