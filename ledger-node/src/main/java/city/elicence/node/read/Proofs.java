package city.elicence.node.read;

import city.elicence.node.bls.RootSigner;
import city.elicence.node.books.Committed;
import city.elicence.node.keys.Base58;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of reads with the proof that they are what the ledger says. */
final class Proofs {
    private final LedgerStore store;
    private final RootSigner signer;

    Proofs(LedgerStore store, RootSigner signer) {
        this.store = store;
        this.signer = signer;
    }

    LedgerStore store() {
        return store;
    }

    /** Data that stands under a key, or stands nowhere: both are proved by the nodes on the way to the key. */
    Map<String, Object> result(
            Committed world,
            LedgerId ledger,
            byte[] key,
            @Nullable Object data,
            @Nullable Object seqNo,
            @Nullable Object txnTime)
            throws IOException {
        Map<String, Object> result = plain(data, seqNo, txnTime);
        result.put("state_proof", stateProof(world, ledger, key));
        return result;
    }

    Map<String, Object> stateProof(Committed world, LedgerId ledger, byte[] key) throws IOException {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("root_hash", Base58.encode(world.state().of(ledger).rootHash()));
        proof.put(
                "proof_nodes",
                Base64.getEncoder().encodeToString(world.state().of(ledger).proof(key)));
        proof.put("multi_signature", signer.multiSignature(ledger, world));
        return proof;
    }

    Map<String, Object> multiSignature(Committed world, LedgerId ledger) throws IOException {
        return signer.multiSignature(ledger, world);
    }

    /** A transaction's place in the tree of so many: root and audit path. */
    Map<String, Object> audit(LedgerId ledger, long seqNo, long size) throws IOException {
        return audit(store, ledger, seqNo, size);
    }

    static Map<String, Object> audit(LedgerStore store, LedgerId ledger, long seqNo, long size) throws IOException {
        Map<String, Object> audit = new LinkedHashMap<>();
        audit.put("rootHash", Base58.encode(store.tree(ledger).root(size)));
        audit.put("auditPath", base58(store.tree(ledger).inclusion(seqNo - 1, size)));
        return audit;
    }

    static List<Object> base58(List<byte[]> hashes) {
        return hashes.stream().<Object>map(Base58::encode).toList();
    }

    /** JSON null for what is not there: the form that clients of Indy expect. */
    @SuppressWarnings("NullAway")
    static Map<String, Object> plain(@Nullable Object data, @Nullable Object seqNo, @Nullable Object txnTime) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("data", data);
        result.put("seqNo", seqNo);
        result.put("txnTime", txnTime);
        return result;
    }
}
