package city.elicence.node.request;

import city.elicence.node.keys.Verkey;
import city.elicence.node.state.Nym;
import city.elicence.node.state.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks every signature that a request carries against the keys of the ledger. */
public final class Signatures {
    private Signatures() {}

    /** Returns the keys, by DID, under which the signatures are right. */
    public static Map<String, String> check(Request request, State state) throws Refusal {
        byte[] text = request.signedText();
        Map<String, String> keys = new HashMap<>();
        for (Map.Entry<String, String> signature : request.signatures().entrySet()) {
            String did = signature.getKey();
            String verkey = key(request, state, did)
                    .orElseThrow(() -> Refusal.invalid("CouldNotAuthenticate('Can not find verkey for " + did + "')"));
            boolean right = Verkey.of(did, verkey)
                    .map(key -> key.signed(text, signature.getValue()))
                    .orElse(false);
            if (!right) {
                throw Refusal.invalid("InsufficientCorrectSignatures('the signature of " + did + " is not right')");
            }
            keys.put(did, verkey);
        }
        return keys;
    }

    /** A write must be signed, and by its author. */
    public static Map<String, String> checkWrite(Request request, State state) throws Refusal {
        if (request.signatures().isEmpty()) {
            throw Refusal.invalid("MissingSignature('a write must be signed')");
        }
        return check(request, state);
    }

    /** The key on the ledger; for a DID that writes itself for the first time, the key that it brings. */
    static Optional<String> key(Request request, State state, String did) {
        Optional<Nym> nym = Nym.find(state, did);
        if (nym.isEmpty()
                && TxnType.NYM.equals(request.type())
                && request.text("dest").filter(did::equals).isPresent()) {
            return request.text("verkey");
        }
        return nym.flatMap(Nym::verkey);
    }

    /** Whether the keys with which the signatures were checked are still those of the ledger. */
    public static boolean stillHold(Map<String, String> keys, Request request, State state) {
        return keys.entrySet().stream()
                .allMatch(entry -> key(request, state, entry.getKey()).equals(Optional.of(entry.getValue())));
    }
}
