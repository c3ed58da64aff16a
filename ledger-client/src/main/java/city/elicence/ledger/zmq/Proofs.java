package city.elicence.ledger.zmq;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.IndyTransactions;
import city.elicence.ledger.indy.Sha256;
import city.elicence.ledger.indy.TransactionTree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From an answer to what of it is proven. What is returned is made from the proven state and not from the answer, so that nothing
 * unproven can slip through.
 */
final class Proofs {

    private static final Fields NOTHING = Fields.of(Map.of());

    private final SignedRoots roots;

    Proofs(SignedRoots roots) {
        this.roots = roots;
    }

    /** A DID's entry stands under the SHA-256 of its identifier. */
    Fields nym(String dest, Fields result) throws JsonException {
        Optional<Fields> state = state(Sha256.of(dest.getBytes(StandardCharsets.UTF_8)), result);
        if (state.isEmpty()) {
            return NOTHING;
        }
        Map<String, Object> nym = new HashMap<>(state.get().map());
        return found(Json.write(nym), nym.get("seqNo"), nym.get("txnTime"));
    }

    /** Of an attribute the state holds the SHA-256. */
    Fields attribute(String dest, String name, Fields result) throws JsonException {
        Optional<Fields> state = state(utf8(dest + ":1:" + Sha256.hex(name)), result);
        if (state.isEmpty()) {
            return NOTHING;
        }
        String text = result.string("data");
        if (!Sha256.hex(text).equals(state.get().string("val"))) {
            throw new IllegalArgumentException("the attribute is not the one whose digest is proven");
        }
        return found(text, state.get().map().get("lsn"), state.get().map().get("lut"));
    }

    Fields schema(String author, String name, String version, Fields result) throws JsonException {
        Optional<Fields> state = state(utf8(author + ":2:" + name + ':' + version), result);
        if (state.isEmpty()) {
            return NOTHING;
        }
        return found(
                state.get().object("val"),
                state.get().map().get("lsn"),
                state.get().map().get("lut"));
    }

    /** A transaction has an audit path to the root that was signed. */
    Fields transaction(int seqNo, Fields result) throws JsonException {
        SignedRoots.Roots signed = roots.check(result.fields("state_proof").fields("multi_signature"));
        LedgerTransaction transaction = IndyTransactions.read(result.fields("data"));
        if (transaction.seqNo() != seqNo
                || !transaction.rootHash().equals(signed.transactions())
                || !TransactionTree.isIncluded(transaction)) {
            throw new IllegalArgumentException("the transaction is not in the tree whose root was signed");
        }
        return result;
    }

    private Optional<Fields> state(byte[] key, Fields result) throws JsonException {
        Fields proof = result.fields("state_proof");
        SignedRoots.Roots signed = roots.check(proof.fields("multi_signature"));
        byte[] nodes = Base64.getDecoder().decode(proof.string("proof_nodes"));
        Optional<String> text = new TrieProof(nodes).prove(Base58.decode(signed.state()), key);
        return text.isEmpty() ? Optional.empty() : Optional.of(Fields.parse(text.get()));
    }

    @SuppressWarnings("NullAway") // JSON null is what Indy writes for the time of the first transactions
    private static Fields found(Object data, @Nullable Object seqNo, @Nullable Object txnTime) {
        Map<String, Object> result = new HashMap<>();
        result.put("data", data);
        result.put("seqNo", seqNo);
        result.put("txnTime", txnTime);
        return Fields.of(result);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
