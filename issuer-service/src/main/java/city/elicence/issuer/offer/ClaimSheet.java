package city.elicence.issuer.offer;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file with one licence a line (RFC 4180): its first line names claims, by path or by the label in either language; a claim with members of its own is JSON in one cell. Read as
 * UTF-8, or as GB 18030 where it is not that: spreadsheets here write both.
 */
final class ClaimSheet {
    static final int MAX_ROWS = 2_000;

    private ClaimSheet() {}

    /** One line: the claims as far as they could be read, and what could not. */
    record Row(int line, Map<String, Object> claims, List<Problem.Field> problems) {}

    static List<Row> read(CredentialType type, byte[] file) {
        try (CSVParser parser =
                CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(new StringReader(text(file)))) {
            List<Claim> columns = new ArrayList<>();
            List<Row> rows = new ArrayList<>();
            for (CSVRecord entry : parser) {
                if (columns.isEmpty()) {
                    for (String name : entry) {
                        columns.add(column(type, name.strip()));
                    }
                } else if (entry.stream().anyMatch(cell -> !cell.isBlank())) {
                    if (rows.size() == MAX_ROWS) {
                        throw refused("a file has at most " + MAX_ROWS + " rows");
                    }
                    rows.add(row((int) entry.getRecordNumber(), columns, entry));
                }
            }
            if (rows.isEmpty()) {
                throw refused("expected a first line with the names of claims, and a row under it");
            }
            return rows;
        } catch (UncheckedIOException | IOException malformed) {
            throw refused("expected comma-separated values (RFC 4180)");
        }
    }

    private static String text(byte[] file) {
        return Stream.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))
                .flatMap(charset -> decoded(file, charset).stream())
                .findFirst()
                .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
                .orElseThrow(() -> refused("expected a text in UTF-8 or GB 18030"));
    }

    private static Optional<String> decoded(byte[] file, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static Claim column(CredentialType type, String name) {
        String plain = name.endsWith("*") ? name.substring(0, name.length() - 1).strip() : name;
        Optional<Claim> claim = type.allClaims().stream()
                .filter(c -> c.entered() && !c.path().toString().contains("["))
                .filter(c -> c.path().toString().equals(plain)
                        || c.label().zh().equals(plain)
                        || c.label().en().equalsIgnoreCase(plain))
                .findFirst();
        return claim.orElseThrow(() -> refused("the first line names a column that is no claim of this type: expected "
                + type.allClaims().stream()
                        .filter(Claim::entered)
                        .map(c -> c.path().toString())
                        .filter(path -> !path.contains("["))
                        .toList()));
    }

    private static Row row(int line, List<Claim> columns, CSVRecord entry) {
        Map<String, Object> claims = new LinkedHashMap<>();
        List<Problem.Field> problems = new ArrayList<>();
        if (entry.size() > columns.size()) {
            problems.add(problem("", "too_many_columns", "该行的列数多于表头", "the row has more columns than the first line"));
        }
        for (int i = 0; i < Math.min(columns.size(), entry.size()); i++) {
            Claim claim = columns.get(i);
            String cell = entry.get(i).strip();
            if (!cell.isEmpty()) {
                Object value = value(claim, cell, problems);
                if (value != null) {
                    put(claims, claim.path().toString().split("\\."), value);
                }
            }
        }
        return new Row(line, claims, problems);
    }

    private static @Nullable Object value(Claim claim, String cell, List<Problem.Field> problems) {
        if (!claim.members().isEmpty()) {
            return group(claim, cell, problems);
        }
        return switch (claim.type()) {
            case INTEGER, MONEY -> number(claim, cell, problems);
            case BOOLEAN ->
                switch (cell.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "1", "是" -> true;
                    case "false", "no", "0", "否" -> false;
                    default -> {
                        problems.add(problem(claim, "not_yes_or_no", "应为“是”或“否”", "expected yes or no"));
                        yield null;
                    }
                };
            case ARRAY ->
                Arrays.stream(cell.split("[;；]"))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(text -> choice(claim, text))
                        .toList();
            case STRING, DATE, DATETIME, IMAGE, OBJECT -> choice(claim, cell);
        };
    }

    /** What has members of its own (the lines of a declaration) is written as JSON in one cell. */
    private static @Nullable Object group(Claim claim, String cell, List<Problem.Field> problems) {
        try {
            return Json.parse(cell);
        } catch (JsonException e) {
            problems.add(problem(claim, "not_json", "应为 JSON", "expected JSON"));
            return null;
        }
    }

    private static @Nullable Long number(Claim claim, String cell, List<Problem.Field> problems) {
        try {
            return Long.valueOf(cell);
        } catch (NumberFormatException e) {
            problems.add(problem(claim, "not_a_number", "应为整数", "expected a whole number"));
            return null;
        }
    }

    /** People write what they read on the form. */
    private static String choice(Claim claim, String cell) {
        return claim.choices().stream()
                .filter(choice ->
                        choice.label().zh().equals(cell) || choice.label().en().equalsIgnoreCase(cell))
                .map(Claim.Choice::value)
                .findFirst()
                .orElse(cell);
    }

    @SuppressWarnings("unchecked") // only this method puts maps inside
    private static void put(Map<String, Object> claims, String[] path, Object value) {
        Map<String, Object> at = claims;
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) at.computeIfAbsent(path[i], step -> new LinkedHashMap<String, Object>());
        }
        at.put(path[path.length - 1], value);
    }

    private static Problem.Field problem(Claim claim, String code, String zh, String en) {
        return problem(claim.path().toString(), code, zh, en);
    }

    private static Problem.Field problem(String path, String code, String zh, String en) {
        return new Problem.Field(path, code, zh, en, false);
    }

    private static Refused refused(String text) {
        return Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, text);
    }
}
