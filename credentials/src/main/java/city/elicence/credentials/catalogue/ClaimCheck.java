package city.elicence.credentials.catalogue;

import city.elicence.credentials.catalogue.Claim.Choice;
import city.elicence.credentials.catalogue.check.Validator;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the claims entered for one licence against the type's claims: what is missing, what is unknown, what has a wrong form. */
final class ClaimCheck {
    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_IMAGE = 128 * 1024;
    private static final int MOST_ELEMENTS = 200;
    private static final long MOST_FEN = 1_000_000_000_000_000L;
    /** Whole numbers that every JSON reader keeps exactly (RFC 8259 §6). */
    private static final long MOST_INTEGER = (1L << 53) - 1;

    private static final Pattern IMAGE = Pattern.compile("data:image/(png|jpeg|svg\\+xml);base64,[A-Za-z0-9+/]+={0,2}");
    private static final Pattern FULL_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern CONTROL = Pattern.compile(".*[\\p{Cntrl}&&[^\\n]].*", Pattern.DOTALL);

    private final List<ClaimProblem> problems = new ArrayList<>();

    static List<ClaimProblem> of(List<Claim> claims, Map<?, ?> entered) {
        ClaimCheck check = new ClaimCheck();
        check.object(claims, entered, "");
        return check.problems;
    }

    private void object(List<Claim> claims, Map<?, ?> entered, String prefix) {
        Set<Object> unknown = new HashSet<>(entered.keySet());
        for (Claim claim : claims) {
            unknown.remove(claim.name());
            String path = prefix + claim.name();
            Object value = entered.get(claim.name());
            if (!claim.entered()) {
                if (value != null) {
                    refuse(path, "not-entered", "由系统在签发时生成，不得填写", "is made at issue and cannot be entered");
                }
            } else if (value != null) {
                value(claim, value, path);
            } else if (entered.containsKey(claim.name())) {
                refuse(path, "type", "不填的字段应省略，不得为 null", "is null; a claim without a value is left out");
            } else if (claim.mandatory()) {
                refuse(
                        path,
                        "missing",
                        "请填写" + claim.label().zh(),
                        claim.label().en() + " is missing");
            }
        }
        if (!unknown.isEmpty()) {
            // The names were sent by the caller and may hold anything, so they are not repeated.
            String at = prefix.isEmpty() ? "(top)" : prefix.substring(0, prefix.length() - 1);
            refuse(at, "unknown", "含有本类证照没有的字段", "has a claim that this type does not know");
        }
    }

    private void value(Claim claim, Object value, String path) {
        switch (claim.type()) {
            case STRING -> text(claim, value, path);
            case DATE -> date(value, path);
            case DATETIME -> dateTime(value, path);
            case INTEGER -> number(value, path, -MOST_INTEGER, MOST_INTEGER, "应为整数", "expected a whole number");
            case MONEY ->
                number(value, path, 0, MOST_FEN, "应为以分为单位的非负整数", "expected an amount in fen, a whole number from 0");
            case BOOLEAN -> require(value instanceof Boolean, path, "type", "应为是或否", "expected yes or no");
            case IMAGE -> image(value, path);
            case OBJECT -> {
                if (value instanceof Map<?, ?> object) {
                    object(claim.members(), object, path + ".");
                } else {
                    refuse(path, "type", "应为一组字段", "expected an object");
                }
            }
            case ARRAY -> array(claim, value, path);
        }
    }

    private void array(Claim claim, Object value, String path) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MOST_ELEMENTS) {
            refuse(
                    path,
                    "type",
                    "应为 1 至 " + MOST_ELEMENTS + " 项的列表",
                    "expected a list of 1 to " + MOST_ELEMENTS + " items");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            Object element = list.get(i);
            if (claim.members().isEmpty()) {
                text(claim, element, at);
            } else if (element instanceof Map<?, ?> object) {
                object(claim.members(), object, at + ".");
            } else {
                refuse(at, "type", "应为一组字段", "expected an object");
            }
        }
    }

    private void text(Claim claim, @Nullable Object value, String path) {
        if (!(value instanceof String text)
                || text.trim().isEmpty()
                || text.length() > LONGEST_TEXT
                || CONTROL.matcher(text).matches()) {
            refuse(
                    path,
                    "type",
                    "应为 1 至 " + LONGEST_TEXT + " 字的文本",
                    "expected a text of 1 to " + LONGEST_TEXT + " characters");
            return;
        }
        List<Choice> choices = claim.choices();
        if (!choices.isEmpty() && choices.stream().noneMatch(c -> c.value().equals(text))) {
            List<String> zh = new ArrayList<>();
            List<String> en = new ArrayList<>();
            choices.forEach(choice -> {
                zh.add(choice.label().zh());
                en.add(choice.value());
            });
            refuse(path, "choice", "应为下列之一：" + String.join("、", zh), "expected one of " + String.join(", ", en));
        }
        Validator validator = claim.validator();
        if (validator != null) {
            validator.check(text).ifPresent(defect -> problems.add(ClaimProblem.of(path, defect)));
        }
    }

    private void date(Object value, String path) {
        boolean exists = value instanceof String text && FULL_DATE.matcher(text).matches();
        try {
            exists = exists && LocalDate.parse(value.toString()).getYear() > 0;
        } catch (DateTimeException e) {
            exists = false;
        }
        require(exists, path, "type", "应为存在的日期，如 2026-11-23", "expected a date that exists, such as 2026-11-23");
    }

    private void dateTime(Object value, String path) {
        String zh = "应为带时区的时间，如 2026-11-23T08:00:00+08:00";
        String en = "expected a time with its offset, such as 2026-11-23T08:00:00+08:00";
        if (!(value instanceof String text)) {
            refuse(path, "type", zh, en);
            return;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            require(time.getYear() <= 9999, path, "type", zh, en);
        } catch (DateTimeException e) {
            refuse(path, "type", zh, en);
        }
    }

    private void number(Object value, String path, long least, long most, String zh, String en) {
        boolean whole = value instanceof Long || value instanceof Integer;
        long number = whole ? ((Number) value).longValue() : 0;
        require(whole && number >= least && number <= most, path, "type", zh, en);
    }

    private void image(Object value, String path) {
        require(
                value instanceof String text
                        && text.length() <= LONGEST_IMAGE
                        && IMAGE.matcher(text).matches(),
                path,
                "type",
                "应为不超过 " + LONGEST_IMAGE / 1024 + " KiB 的 PNG、JPEG 或 SVG 图像（data: 地址）",
                "expected a PNG, JPEG or SVG as a data: URI of at most " + LONGEST_IMAGE / 1024 + " KiB");
    }

    private void require(boolean holds, String path, String code, String zh, String en) {
        if (!holds) {
            refuse(path, code, zh, en);
        }
    }

    private void refuse(String path, String code, String zh, String en) {
        problems.add(ClaimProblem.of(path, code, zh, en));
    }
}
