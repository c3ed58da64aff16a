package city.elicence.node.genesis;

import city.elicence.node.bls.BlsKey;
import city.elicence.node.keys.Hashes;
import city.elicence.node.keys.SigningSeed;
import city.elicence.node.request.Role;
import city.elicence.node.request.TxnType;
import city.elicence.node.txn.Txn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first transactions, in Indy's form. */
final class GenesisText {
    private final String alias;
    private final String host;
    private final int port;

    GenesisText(String alias, String host, int port) {
        this.alias = alias;
        this.host = host;
        this.port = port;
    }

    Txn pool(SigningSeed node, SigningSeed steward, BlsKey bls) {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("alias", alias);
        address.put("blskey", bls.verkey());
        address.put("blskey_pop", bls.proofOfPossession());
        address.put("client_ip", host);
        address.put("client_port", (long) port);
        // There is no traffic between nodes on this ledger; clients want the fields to be there.
        address.put("node_ip", host);
        address.put("node_port", (long) port + 1);
        address.put("services", List.of("VALIDATOR"));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("data", address);
        data.put("dest", node.verkey());
        return txn(TxnType.NODE, data, Map.of("from", steward.did()), 1, Hashes.sha256Hex(node.verkey()));
    }

    List<Txn> domain(SigningSeed trustee, SigningSeed steward) {
        return List.of(nym(trustee, Role.TRUSTEE, "Trustee1", 1), nym(steward, Role.STEWARD, "Steward1", 2));
    }

    private static Txn nym(SigningSeed key, Role role, String name, long seqNo) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("alias", name);
        data.put("dest", key.did());
        data.put("role", role.number());
        data.put("verkey", key.verkey());
        return txn(TxnType.NYM, data, Map.of(), seqNo, Hashes.sha256Hex(key.did()));
    }

    private static Txn txn(
            String type, Map<String, Object> data, Map<String, Object> metadata, long seqNo, String txnId) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("data", data);
        inner.put("metadata", metadata);
        inner.put("type", type);
        Map<String, Object> txnMetadata = new LinkedHashMap<>();
        txnMetadata.put("seqNo", seqNo);
        txnMetadata.put("txnId", txnId);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("reqSignature", Map.of());
        tree.put("txn", inner);
        tree.put("txnMetadata", txnMetadata);
        tree.put("ver", "1");
        return new Txn(tree);
    }
}
