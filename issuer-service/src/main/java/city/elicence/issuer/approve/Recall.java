package city.elicence.issuer.approve;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which licences were issued by mistake.
 *
 * @param type the type's id
 * @param version of the type, or null for every version
 * @param from issued at or after
 * @param until issued before
 * @param by the clerk who ordered them, or null
 * @param reason why, for the audit and for the citizens who ask
 * @param found ids, as the dry run found them; empty before it
 */
record Recall(
        String type,
        @Nullable String version,
        Instant from,
        Instant until,
        @Nullable String by,
        String reason,
        List<String> found) {
    static final int MOST = 20_000;
    private static final int MAX_REASON = 500;

    Recall {
        found = List.copyOf(found);
        reason = reason.strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON + " characters");
        }
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("issued_from is before issued_until");
        }
    }

    static Recall read(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new Recall(
                fields.string("type"),
                fields.optString("version").orElse(null),
                Instant.parse(fields.string("issued_from")),
                Instant.parse(fields.string("issued_until")),
                fields.optString("ordered_by").orElse(null),
                fields.string("reason"),
                fields.optStrings("found").orElse(List.of()));
    }

    Recall with(List<String> licences) {
        return new Recall(type, version, from, until, by, reason, licences);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        Optional.ofNullable(version).ifPresent(v -> json.put("version", v));
        json.put("issued_from", from.toString());
        json.put("issued_until", until.toString());
        Optional.ofNullable(by).ifPresent(clerk -> json.put("ordered_by", clerk));
        json.put("reason", reason);
        json.put("found", found);
        return json;
    }
}
