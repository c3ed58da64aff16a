package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.ValueType;
import city.elicence.credentials.catalogue.check.CitizenId;
import city.elicence.credentials.catalogue.check.Validator;
import city.elicence.credentials.catalogue.file.CatalogueException;
import city.elicence.credentials.catalogue.file.Entry;
import city.elicence.credentials.json.ClaimPath;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold between the claims of one licence. A rule about claims that are not there holds. */
public sealed interface Rule {

    /**
     * What is wrong, for claims that each have their right form. A path in braces stands for the label of its claim.
     *
     * @param today the day of issue, or null where none is known: then the future is not noticed
     */
    Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today);

    /** The birth date is the one in the citizen ID number (GB 11643). */
    record BirthDateInIdNumber(ClaimPath date, ClaimPath idNumber) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object id = one(claims, idNumber);
            Object born = one(claims, date);
            return unless(
                    id == null
                            || born == null
                            || CitizenId.birthDate(id.toString())
                                    .map(d -> d.toString().equals(born))
                                    .orElse(true),
                    date,
                    "birth-date-in-id-number",
                    "出生日期与公民身份号码第 7 至 14 位不一致",
                    "the birth date is not the one in the citizen ID number");
        }
    }

    /** The sequence number's parity is the sex: odd male, even female (GB 11643). */
    record SexInIdNumber(ClaimPath sex, ClaimPath idNumber) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object id = one(claims, idNumber);
            Object given = one(claims, sex);
            return unless(
                    id == null
                            || given == null
                            || !CitizenId.birthDate(id.toString()).isPresent()
                            || CitizenId.isMale(id.toString()) == given.equals("male"),
                    sex,
                    "sex-in-id-number",
                    "性别与公民身份号码第 17 位的奇偶（奇男偶女）不一致",
                    "the sex does not fit digit 17 of the citizen ID number (odd male, even female)");
        }
    }

    /** The amounts add up to the total, in whole numbers. */
    record Sum(List<ClaimPath> parts, ClaimPath total) implements Rule {
        public Sum {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object stated = one(claims, total);
            return unless(
                    stated == null || new BigInteger(stated.toString()).equals(sum(claims, parts)),
                    total,
                    "sum",
                    "各项之和与合计不相等",
                    "the parts do not add up to the total");
        }
    }

    /** The numbers add up to a constant: shares to 100. */
    record SumIs(List<ClaimPath> parts, long total) implements Rule {
        public SumIs {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            return unless(
                    sum(claims, parts).equals(BigInteger.valueOf(total)),
                    parts.get(0),
                    "sum-is",
                    "各项之和应为 " + total,
                    "the parts do not add up to " + total);
        }
    }

    /** The later date is after the earlier, or the same day where that is allowed. */
    record After(ClaimPath later, ClaimPath earlier, boolean sameDay) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            LocalDate first = day(claims, earlier);
            LocalDate second = day(claims, later);
            return unless(
                    first == null || second == null || second.isAfter(first) || (sameDay && second.equals(first)),
                    later,
                    "after",
                    "日期先后不合理：应晚于“{" + earlier + "}”",
                    "the date must be after \"{" + earlier + "}\"");
        }
    }

    /** The date is not in the future. */
    record NotFuture(ClaimPath date) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            LocalDate day = day(claims, date);
            return unless(
                    day == null || today == null || !day.isAfter(today),
                    date,
                    "not-future",
                    "日期不得晚于今天",
                    "the date is in the future");
        }
    }

    /** The claims have the same value. */
    record Equal(ClaimPath claim, ClaimPath other) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object first = one(claims, claim);
            Object second = one(claims, other);
            return unless(
                    first == null || second == null || first.equals(second),
                    claim,
                    "equal",
                    "应与“{" + other + "}”相同",
                    "must be the same as \"{" + other + "}\"");
        }
    }

    /** The claims have different values. */
    record Different(ClaimPath claim, ClaimPath other) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object first = one(claims, claim);
            return unless(
                    first == null || !first.equals(one(claims, other)),
                    claim,
                    "different",
                    "不得与“{" + other + "}”相同",
                    "must not be the same as \"{" + other + "}\"");
        }
    }

    /** The claim is there exactly when another has a value. */
    record PresentWhen(ClaimPath claim, ClaimPath when, String is) implements Rule {
        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            boolean due = is.equals(String.valueOf(one(claims, when)));
            boolean there = one(claims, claim) != null;
            return unless(
                    due == there,
                    claim,
                    due ? "present-when" : "absent-unless",
                    due ? "“{" + when + "}”为 " + is + " 时必填" : "仅当“{" + when + "}”为 " + is + " 时可填",
                    (due ? "is needed when \"{" : "is only for when \"{") + when + "}\" is " + is);
        }
    }

    /** The year inside a register's number is that of a date. */
    record YearInNumber(ClaimPath number, ClaimPath date) implements Rule {
        private static final Pattern YEAR_BETWEEN_HYPHENS = Pattern.compile("-([0-9]{4})-");

        @Override
        public Optional<ClaimProblem> check(Map<String, ?> claims, @Nullable LocalDate today) {
            Object text = one(claims, number);
            LocalDate day = day(claims, date);
            return unless(
                    text == null || day == null || year(text.toString()).equals(String.valueOf(day.getYear())),
                    number,
                    "year-in-number",
                    "编号中的年份与“{" + date + "}”不一致",
                    "the year in the number is not that of \"{" + date + "}\"");
        }

        private static String year(String number) {
            Matcher between = YEAR_BETWEEN_HYPHENS.matcher(number);
            if (between.find()) {
                return between.group(1);
            }
            // A customs declaration has the year as digits 5 to 8.
            return number.length() >= 8 ? number.substring(4, 8) : "";
        }
    }

    /** Reads one rule; the claims that it names are there and of types that it can use. */
    static Rule read(Entry entry, Claims claims) throws CatalogueException {
        Entry name = entry.get("rule");
        return switch (name.text()) {
            case "birth-date-in-id-number" -> {
                entry.only("rule", "date", "id_number");
                yield new BirthDateInIdNumber(claims.path(entry.get("date"), ValueType.DATE), idNumber(entry, claims));
            }
            case "sex-in-id-number" -> {
                entry.only("rule", "sex", "id_number");
                yield new SexInIdNumber(claims.path(entry.get("sex"), ValueType.STRING), idNumber(entry, claims));
            }
            case "sum" -> {
                entry.only("rule", "parts", "total");
                yield new Sum(amounts(entry, claims), number(entry.get("total"), claims));
            }
            case "sum-is" -> {
                entry.only("rule", "parts", "total");
                yield new SumIs(amounts(entry, claims), entry.get("total").number(0, Long.MAX_VALUE));
            }
            case "after" -> {
                entry.only("rule", "later", "earlier", "same_day");
                yield new After(
                        date(entry.get("later"), claims), date(entry.get("earlier"), claims), entry.flag("same_day"));
            }
            case "not-future" -> {
                entry.only("rule", "date");
                yield new NotFuture(date(entry.get("date"), claims));
            }
            case "equal" -> {
                entry.only("rule", "claim", "other");
                yield new Equal(claims.path(entry.get("claim")), claims.path(entry.get("other")));
            }
            case "different" -> {
                entry.only("rule", "claim", "other");
                yield new Different(claims.path(entry.get("claim")), claims.path(entry.get("other")));
            }
            case "present-when" -> {
                entry.only("rule", "claim", "when", "is");
                yield new PresentWhen(
                        claims.path(entry.get("claim")),
                        claims.path(entry.get("when"), ValueType.STRING, ValueType.BOOLEAN),
                        entry.get("is").text());
            }
            case "year-in-number" -> {
                entry.only("rule", "number", "date");
                yield new YearInNumber(
                        claims.path(entry.get("number"), ValueType.STRING), date(entry.get("date"), claims));
            }
            default ->
                throw name.expected("one of birth-date-in-id-number, sex-in-id-number, sum, sum-is, after, not-future, "
                        + "equal, different, present-when, year-in-number");
        };
    }

    private static ClaimPath number(Entry named, Claims claims) throws CatalogueException {
        return claims.path(named, ValueType.MONEY, ValueType.INTEGER);
    }

    private static ClaimPath date(Entry named, Claims claims) throws CatalogueException {
        return claims.path(named, ValueType.DATE, ValueType.DATETIME);
    }

    private static List<ClaimPath> amounts(Entry entry, Claims claims) throws CatalogueException {
        return claims.paths(entry.get("parts").elements(), ValueType.MONEY, ValueType.INTEGER);
    }

    private static ClaimPath idNumber(Entry entry, Claims claims) throws CatalogueException {
        Entry named = entry.get("id_number");
        Claim claim = claims.claim(named, ValueType.STRING);
        if (claim.validator() != Validator.CITIZEN_ID) {
            throw named.expected("a claim with the validator citizen-id");
        }
        return claim.path();
    }

    private static @Nullable Object one(Map<String, ?> claims, ClaimPath path) {
        List<@Nullable Object> found = path.select(claims);
        return found.size() == 1 ? found.get(0) : null;
    }

    private static @Nullable LocalDate day(Map<String, ?> claims, ClaimPath path) {
        Object value = one(claims, path);
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return text.indexOf('T') < 0
                ? LocalDate.parse(text)
                : OffsetDateTime.parse(text).toLocalDate();
    }

    private static BigInteger sum(Map<String, ?> claims, List<ClaimPath> parts) {
        List<@Nullable Object> amounts = new ArrayList<>();
        parts.forEach(part -> amounts.addAll(part.select(claims)));
        BigInteger sum = BigInteger.ZERO;
        for (Object amount : amounts) {
            sum = amount == null ? sum : sum.add(new BigInteger(amount.toString()));
        }
        return sum;
    }

    private static Optional<ClaimProblem> unless(boolean holds, ClaimPath path, String code, String zh, String en) {
        return holds ? Optional.empty() : Optional.of(ClaimProblem.of(path.toString(), code, zh, en));
    }
}
