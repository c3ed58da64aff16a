package city.elicence.node.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who must have signed for an action to be allowed. */
public sealed interface Constraint {
    /** As a read of the rules shows it. */
    Map<String, Object> json();

    /**
     * So many signatures of a role; with {@code owner}, by whoever owns what is changed.
     *
     * @param role the role's number, "*" for any DID of the ledger, empty for a DID without role
     */
    record Signatures(Optional<String> role, int count, boolean owner) implements Constraint {
        static final String ANY = "*";

        @Override
        @SuppressWarnings("NullAway") // the identity owner's role is written as JSON null
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("constraint_id", "ROLE");
            json.put("role", role.orElse(null));
            json.put("sig_count", (long) count);
            json.put("need_to_be_owner", owner);
            json.put("metadata", Map.of());
            return json;
        }
    }

    /** One of several. */
    record AnyOf(List<Constraint> constraints) implements Constraint {
        public AnyOf {
            constraints = List.copyOf(constraints);
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("constraint_id", "OR");
            json.put(
                    "auth_constraints",
                    constraints.stream().map(Constraint::json).toList());
            return json;
        }
    }

    /** All of several. */
    record AllOf(List<Constraint> constraints) implements Constraint {
        public AllOf {
            constraints = List.copyOf(constraints);
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("constraint_id", "AND");
            json.put(
                    "auth_constraints",
                    constraints.stream().map(Constraint::json).toList());
            return json;
        }
    }

    /** Nobody. */
    record Forbidden() implements Constraint {
        @Override
        public Map<String, Object> json() {
            return Map.of("constraint_id", "FORBIDDEN");
        }
    }

    static Constraint one(Role role) {
        return new Signatures(Optional.of(role.number()), 1, false);
    }

    static Constraint owning(Role role) {
        return new Signatures(Optional.of(role.number()), 1, true);
    }

    static Constraint owner() {
        return new Signatures(Optional.of(Signatures.ANY), 1, true);
    }

    static Constraint anyOf(Constraint... constraints) {
        return new AnyOf(List.of(constraints));
    }
}
