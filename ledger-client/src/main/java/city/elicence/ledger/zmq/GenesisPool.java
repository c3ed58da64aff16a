package city.elicence.ledger.zmq;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.indy.Base58;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a pool by its ledger of nodes: the transactions of the genesis file, and those that were learned since.
 *
 * @param transactions all that are known, from the first, without a gap
 * @param nodes who may answer, later transactions on the same node taken into account
 */
record GenesisPool(List<Fields> transactions, List<Node> nodes) {

    private static final String NODE_TRANSACTION = "0";

    /**
     * One node.
     *
     * @param verkey Ed25519 public key, base58, from which the key of its connections follows
     * @param blsKey key with which it signs roots, base58; null when it signs none
     */
    record Node(
            String alias,
            String host,
            int port,
            String verkey,
            @Nullable String blsKey) {}

    GenesisPool {
        transactions = List.copyOf(transactions);
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a pool has at least one node");
        }
    }

    static GenesisPool read(List<String> lines) {
        try {
            List<Fields> transactions = new ArrayList<>();
            for (String line : lines) {
                if (!line.isBlank()) {
                    transactions.add(Fields.parse(line));
                }
            }
            return of(transactions);
        } catch (JsonException e) {
            throw new IllegalArgumentException("expected node transactions, one JSON object a line", e);
        }
    }

    /** The same pool after the next transaction of its ledger. */
    GenesisPool after(Fields transaction) throws JsonException {
        List<Fields> longer = new ArrayList<>(transactions);
        longer.add(transaction);
        return of(longer);
    }

    private static GenesisPool of(List<Fields> transactions) throws JsonException {
        Map<String, Map<String, Object>> byDest = new LinkedHashMap<>();
        for (Fields transaction : transactions) {
            Fields txn = transaction.fields("txn");
            if (txn.string("type").equals(NODE_TRANSACTION)) {
                Fields data = txn.fields("data");
                byDest.computeIfAbsent(data.string("dest"), dest -> new HashMap<>())
                        .putAll(data.object("data"));
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Map.Entry<String, Map<String, Object>> node : byDest.entrySet()) {
            Fields data = Fields.of(node.getValue());
            if (data.list("services").contains("VALIDATOR")) {
                nodes.add(new Node(
                        data.string("alias"),
                        data.string("client_ip"),
                        Math.toIntExact(data.longValue("client_port")),
                        node.getKey(),
                        data.optString("blskey").orElse(null)));
            }
        }
        return new GenesisPool(transactions, nodes);
    }

    /** How many nodes may fail, or lie, without harm. */
    int tolerated() {
        return (nodes.size() - 1) / 3;
    }

    /** Keys of the nodes that sign roots, by alias. */
    Map<String, byte[]> blsKeys() {
        Map<String, byte[]> keys = new HashMap<>();
        for (Node node : nodes) {
            if (node.blsKey() != null) {
                keys.put(node.alias(), Base58.decode(node.blsKey()));
            }
        }
        return keys;
    }
}
