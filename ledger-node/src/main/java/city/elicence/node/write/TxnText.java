package city.elicence.node.write;

import city.elicence.node.kind.WriteKind;
import city.elicence.node.request.Request;
import city.elicence.node.txn.Txn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a transaction of a request, in the form in which Indy keeps and hashes it. */
final class TxnText {
    private TxnText() {}

    static Txn of(Request request, WriteKind kind, String payloadDigest, long seqNo, long time) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("from", request.identifier());
        metadata.put("reqId", request.reqId());
        metadata.put("payloadDigest", payloadDigest);
        metadata.put("digest", request.digest());
        request.endorser().ifPresent(endorser -> metadata.put("endorser", endorser));
        Object acceptance = request.tree().get("taaAcceptance");
        if (acceptance != null) {
            metadata.put("taaAcceptance", acceptance);
        }
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", request.type());
        inner.put("protocolVersion", 2L);
        inner.put("data", kind.data(request));
        inner.put("metadata", metadata);
        Map<String, Object> txnMetadata = new LinkedHashMap<>();
        txnMetadata.put("seqNo", seqNo);
        txnMetadata.put("txnTime", time);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ver", "1");
        tree.put("reqSignature", signature(request));
        tree.put("txn", inner);
        tree.put("txnMetadata", txnMetadata);
        txnMetadata.put("txnId", kind.txnId(new Txn(tree)));
        return new Txn(tree);
    }

    private static Map<String, Object> signature(Request request) {
        List<Object> values = new ArrayList<>();
        request.signatures().forEach((did, signature) -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("from", did);
            value.put("value", signature);
            values.add(value);
        });
        Map<String, Object> signatures = new LinkedHashMap<>();
        signatures.put("type", "ED25519");
        signatures.put("values", values);
        return signatures;
    }
}
