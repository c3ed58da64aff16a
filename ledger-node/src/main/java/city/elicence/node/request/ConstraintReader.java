package city.elicence.node.request;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a constraint from its JSON. */
public final class ConstraintReader {
    private static final int MAX_SIGNATURES = 100;

    private ConstraintReader() {}

    public static Constraint read(Map<String, Object> json) throws Refusal {
        try {
            return read(Fields.of(json));
        } catch (JsonException e) {
            throw Refusal.invalid("constraint: " + e.getMessage());
        }
    }

    private static Constraint read(Fields fields) throws JsonException, Refusal {
        String kind = fields.string("constraint_id");
        return switch (kind) {
            case "FORBIDDEN" -> new Constraint.Forbidden();
            case "AND" -> new Constraint.AllOf(parts(fields));
            case "OR" -> new Constraint.AnyOf(parts(fields));
            case "ROLE" -> signatures(fields);
            default -> throw Refusal.invalid("constraint_id: expected ROLE, AND, OR or FORBIDDEN");
        };
    }

    private static Constraint signatures(Fields fields) throws JsonException, Refusal {
        Optional<String> role = fields.map().get("role") == null ? Optional.empty() : fields.optString("role");
        if (role.isPresent()
                && !Constraint.Signatures.ANY.equals(role.get())
                && Role.of(role.get()).isEmpty()) {
            throw Refusal.invalid("role: not a valid role");
        }
        long count = fields.longValue("sig_count");
        if (count < 1 || count > MAX_SIGNATURES || fields.flag("off_ledger_signature")) {
            // Nobody may write here without being on the ledger.
            throw Refusal.invalid("sig_count: expected 1 to " + MAX_SIGNATURES + " signatures of DIDs on the ledger");
        }
        return new Constraint.Signatures(role, (int) count, fields.flag("need_to_be_owner"));
    }

    private static List<Constraint> parts(Fields fields) throws JsonException, Refusal {
        List<Constraint> parts = new ArrayList<>();
        for (Map<String, Object> part : fields.objects("auth_constraints")) {
            parts.add(read(Fields.of(part)));
        }
        if (parts.isEmpty()) {
            throw Refusal.invalid("auth_constraints: expected at least one");
        }
        return parts;
    }
}
