package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.util.LinkedHashMap;
import java.util.Map;

/** Transactions whose content follows from their number. */
final class SampleTxns {
    private SampleTxns() {}

    static LedgerStore.Entry entry(long seqNo) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("dest", "dest " + seqNo);
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", "1");
        inner.put("data", data);
        inner.put("metadata", Map.of("payloadDigest", digest(seqNo)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ver", "1");
        tree.put("reqSignature", Map.of());
        tree.put("txn", inner);
        tree.put("txnMetadata", Map.of("seqNo", seqNo));
        return new LedgerStore.Entry(LedgerId.DOMAIN, new Txn(tree));
    }

    static String digest(long seqNo) {
        return city.elicence.node.keys.Hashes.sha256Hex("digest " + seqNo);
    }
}
