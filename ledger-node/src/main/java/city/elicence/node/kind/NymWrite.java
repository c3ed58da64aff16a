package city.elicence.node.kind;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.keys.Base58;
import city.elicence.node.keys.Hashes;
import city.elicence.node.keys.Verkey;
import city.elicence.node.request.AuthAction;
import city.elicence.node.request.Authorization;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.Role;
import city.elicence.node.request.TxnType;
import city.elicence.node.state.Nym;
import city.elicence.node.state.State;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** NYM: a DID with its key and role, new or changed. */
final class NymWrite implements WriteKind {
    /** The DID is the first half of its key, as Indy's tools have always made them. */
    private static final long VERSION_CONVENTION = 1;
    /** did:indy: the DID is the first 16 bytes of the SHA-256 of its key. */
    private static final long VERSION_SELF_CERTIFYING = 2;

    private static final int MAX_DOCUMENT = 10 * 1024;

    @Override
    public LedgerId ledger() {
        return LedgerId.DOMAIN;
    }

    @Override
    public void checkForm(Request request) throws Refusal {
        String dest = request.requiredText("dest");
        int bytes = Base58.decode(dest).map(decoded -> decoded.length).orElse(0);
        if (bytes != 16 && bytes != 32) {
            throw Refusal.invalid("dest: expected 16 or 32 bytes in base58");
        }
        if (request.field("role") != null
                && request.text("role").flatMap(Role::of).isEmpty()) {
            throw Refusal.invalid("role: not a valid role");
        }
        Optional<String> verkey = request.text("verkey");
        if (request.field("verkey") != null
                && verkey.flatMap(text -> Verkey.of(dest, text)).isEmpty()) {
            throw Refusal.invalid("verkey: expected a key of 32 bytes in base58, or the second half of one");
        }
        Optional<Long> version = request.number("version");
        if (version.isPresent() && version.get() > VERSION_SELF_CERTIFYING) {
            throw Refusal.invalid("version: expected 0, 1 or 2");
        }
        checkDocument(request);
    }

    private static void checkDocument(Request request) throws Refusal {
        if (request.field("diddocContent") == null) {
            return;
        }
        String text = request.text("diddocContent").orElse("");
        try {
            if (text.length() > MAX_DOCUMENT) {
                throw Refusal.invalid("diddocContent: expected at most " + MAX_DOCUMENT + " characters");
            }
            Fields document = Fields.parse(text);
            if (document.has("id")) {
                throw Refusal.invalid("diddocContent must not have `id` at root");
            }
            for (String name : document.map().keySet()) {
                if (document.map().get(name) instanceof Iterable<?> items) {
                    for (Object item : items) {
                        if (item instanceof Map<?, ?> object
                                && object.get("id") instanceof String id
                                && id.endsWith("#verkey")) {
                            throw Refusal.invalid(
                                    "diddocContent must not have object with `id` containing fragment `verkey`");
                        }
                    }
                }
            }
        } catch (JsonException e) {
            throw Refusal.invalid("diddocContent: expected a JSON object");
        }
    }

    @Override
    public void check(Request request, State state) throws Refusal {
        Optional<Nym> existing = Nym.find(state, request.requiredText("dest"));
        Authorization authorization = new Authorization(request, state);
        if (existing.isEmpty()) {
            checkBinding(request);
            authorization.require(
                    AuthAction.add(TxnType.NYM, "role", request.text("role").orElse("")));
        } else {
            checkChange(request, existing.get(), authorization);
        }
    }

    private static void checkBinding(Request request) throws Refusal {
        long version = request.number("version").orElse(0L);
        if (version == 0) {
            return;
        }
        String dest = request.requiredText("dest");
        byte[] key = request.text("verkey")
                .flatMap(text -> Base58.decode(text, 32))
                .orElseThrow(() -> Refusal.invalid("a NYM of version " + version + " needs a whole verkey"));
        byte[] origin = version == VERSION_CONVENTION ? key : Hashes.sha256(key);
        if (!dest.equals(Base58.encode(Arrays.copyOf(origin, 16)))) {
            throw Refusal.rejected(
                    version == VERSION_SELF_CERTIFYING
                            ? "Identifier with version 2 must be first 16 bytes of SHA256 of verkey"
                            : "Identifier with version 1 must be first 16 bytes of verkey");
        }
    }

    private static void checkChange(Request request, Nym nym, Authorization authorization) throws Refusal {
        if (request.operation().containsKey("version")) {
            throw Refusal.rejected("Cannot set version on existing nym");
        }
        boolean owner = request.identifier().equals(nym.owner());
        boolean changes = owner;
        if (request.operation().containsKey("role")) {
            changes = true;
            authorization.require(AuthAction.edit(
                    TxnType.NYM,
                    "role",
                    nym.role().orElse(""),
                    request.text("role").orElse(""),
                    owner));
        }
        if (request.operation().containsKey("verkey")) {
            changes = true;
            authorization.require(AuthAction.edit(
                    TxnType.NYM,
                    "verkey",
                    nym.verkey().orElse(""),
                    request.text("verkey").orElse(""),
                    owner));
        }
        if (!changes) {
            throw Refusal.rejected("the DID " + nym.did() + " is already on the ledger and belongs to another");
        }
    }

    @Override
    public String txnId(Txn txn) {
        return HexFormat.of().formatHex(StateKeys.nym(dest(txn)));
    }

    @Override
    @SuppressWarnings("NullAway") // Indy's state has JSON null for a role or key that is not there
    public State apply(Txn txn, State state) {
        byte[] key = StateKeys.nym(dest(txn));
        Map<String, Object> value = new LinkedHashMap<>();
        Optional<Fields> existing = state.object(LedgerId.DOMAIN, key);
        if (existing.isPresent()) {
            value.putAll(existing.get().map());
        } else {
            value.put("identifier", txn.from().orElse(null));
            value.put("role", null);
            value.put("verkey", null);
        }
        for (String name : new String[] {"role", "verkey", "diddocContent", "version"}) {
            if (txn.data().containsKey(name)) {
                value.put(name, txn.data().get(name));
            }
        }
        value.put("seqNo", txn.seqNo());
        value.put("txnTime", txn.time() == 0 ? null : txn.time());
        return state.with(LedgerId.DOMAIN, key, Json.writeSorted(value), txn.seqNo());
    }

    private static String dest(Txn txn) {
        return String.valueOf(txn.data().get("dest"));
    }
}
