package city.elicence.ledger.indy;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleProof;
import city.elicence.ledger.LedgerTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Merkle tree over a ledger's transactions (RFC 9162 §2.1), kept as the roots of its complete subtrees only, largest
 * first: enough to add the next transaction and to say what the root must be. Does not change.
 *
 * @param size number of transactions
 * @param frontier roots of the complete subtrees, base58
 */
public record TransactionTree(long size, List<String> frontier) {

    public TransactionTree {
        if (Long.bitCount(size) != frontier.size()) {
            throw new IllegalArgumentException("a tree of " + size + " has other subtrees");
        }
        frontier = List.copyOf(frontier);
    }

    /** The tree of no transactions. */
    public static TransactionTree empty() {
        return new TransactionTree(0, List.of());
    }

    /** This tree and the next transaction. */
    public TransactionTree with(LedgerTransaction transaction) {
        List<String> longer = new ArrayList<>(frontier);
        MerkleHash last = leaf(transaction);
        // Every one at the end of the old size is a complete subtree that the new leaf completes to the next larger.
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            last = MerkleHash.ofNode(hash(longer.removeLast()), last);
        }
        longer.add(Base58.encode(last.octets()));
        return new TransactionTree(size + 1, longer);
    }

    /** Root of the tree, base58. */
    public String root() {
        if (frontier.isEmpty()) {
            return Base58.encode(MerkleHash.emptyRoot().octets());
        }
        MerkleHash root = hash(frontier.getLast());
        for (int i = frontier.size() - 2; i >= 0; i--) {
            root = MerkleHash.ofNode(hash(frontier.get(i)), root);
        }
        return Base58.encode(root.octets());
    }

    /** Whether the transaction's own audit path leads from it to the root given with it. */
    public static boolean isIncluded(LedgerTransaction transaction) {
        try {
            List<MerkleHash> path =
                    transaction.auditPath().stream().map(TransactionTree::hash).toList();
            return MerkleProof.isIncluded(
                    leaf(transaction),
                    transaction.seqNo() - 1,
                    transaction.ledgerSize(),
                    path,
                    hash(transaction.rootHash()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The hash of a transaction as a leaf. */
    public static MerkleHash leaf(LedgerTransaction transaction) {
        return MerkleHash.ofLeaf(MessagePack.of(hashed(transaction)));
    }

    private static MerkleHash hash(String base58) {
        return MerkleHash.of(Base58.decode(base58));
    }

    /** The tree holds an attribute by its digest only, while some ledgers show it in full. */
    private static Map<String, Object> hashed(LedgerTransaction transaction) {
        if (!transaction.type().equals(IndyTransactions.ATTRIB)) {
            return transaction.content();
        }
        Map<String, Object> data = new LinkedHashMap<>(transaction.data());
        data.computeIfPresent("raw", (name, raw) -> IndyTransactions.attributeDigest((String) raw));
        Map<String, Object> txn = new LinkedHashMap<>();
        if (transaction.content().get("txn") instanceof Map<?, ?> original) {
            original.forEach((name, value) -> txn.put((String) name, value));
        }
        txn.put("data", data);
        Map<String, Object> content = new LinkedHashMap<>(transaction.content());
        content.put("txn", txn);
        return content;
    }
}
