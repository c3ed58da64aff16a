package city.elicence.node.state;

import city.elicence.node.txn.LedgerId;
import java.util.Map;
import java.util.Optional;

/**
 * A DID as the ledger has it.
 *
 * @param creator the DID that wrote it first; empty for the first DIDs of all
 * @param role the role's number; empty for none
 */
public record Nym(String did, Optional<String> creator, Optional<String> role, Optional<String> verkey) {
    public static Optional<Nym> find(State state, String did) {
        return state.object(LedgerId.DOMAIN, StateKeys.nym(did)).map(fields -> of(did, fields.map()));
    }

    private static Nym of(String did, Map<String, Object> value) {
        return new Nym(did, text(value, "identifier"), text(value, "role"), text(value, "verkey"));
    }

    /** Who may change it: the DID itself once it has a key, until then whoever created it. */
    public String owner() {
        return verkey.isPresent() ? did : creator.orElse(did);
    }

    private static Optional<String> text(Map<String, Object> value, String name) {
        return value.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
