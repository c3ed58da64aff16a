package city.elicence.ledger.indy;

import city.elicence.ledger.LedgerTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Merkle tree over a ledger's transactions (RFC 6962 §2.1), kept as the roots of its complete subtrees only, largest
 * first: enough to add the next transaction and to say what the root must be.
 */
public final class TransactionTree {

    private record Subtree(long size, Hash root) {}

    private final List<Subtree> subtrees = new ArrayList<>();
    private long size;

    /** An empty tree. */
    public TransactionTree() {}

    /** A tree of so many transactions from what {@link #frontier} said. */
    public static TransactionTree of(long size, List<String> frontier) {
        TransactionTree tree = new TransactionTree();
        long rest = size;
        for (String root : frontier) {
            long subtree = Long.highestOneBit(rest);
            tree.subtrees.add(new Subtree(subtree, new Hash(root)));
            rest -= subtree;
        }
        if (rest != 0) {
            throw new IllegalArgumentException("a tree of " + size + " has other subtrees");
        }
        tree.size = size;
        return tree;
    }

    /** Adds the next transaction. */
    public void add(LedgerTransaction transaction) {
        Subtree last = new Subtree(1, Hash.leaf(MessagePack.of(leaf(transaction))));
        while (!subtrees.isEmpty() && subtrees.getLast().size() == last.size()) {
            Subtree left = subtrees.removeLast();
            last = new Subtree(2 * last.size(), Hash.node(left.root(), last.root()));
        }
        subtrees.add(last);
        size++;
    }

    /** Number of transactions. */
    public long size() {
        return size;
    }

    /** Root of the tree, base58. */
    public String root() {
        if (subtrees.isEmpty()) {
            return Base58.encode(Sha256.of(new byte[0]));
        }
        Hash root = subtrees.getLast().root();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = Hash.node(subtrees.get(i).root(), root);
        }
        return root.base58();
    }

    /** Roots of the complete subtrees, largest first, base58. */
    public List<String> frontier() {
        return subtrees.stream().map(subtree -> subtree.root().base58()).toList();
    }

    /** Whether the transaction's own audit path leads from it to the root given with it (RFC 9162 §2.1.3.2). */
    public static boolean isIncluded(LedgerTransaction transaction) {
        long index = transaction.seqNo() - 1;
        long last = transaction.ledgerSize() - 1;
        if (index < 0 || index > last) {
            return false;
        }
        Hash hash = Hash.leaf(MessagePack.of(leaf(transaction)));
        for (String step : transaction.auditPath()) {
            if (last == 0) {
                return false;
            }
            if (index % 2 == 1 || index == last) {
                hash = Hash.node(new Hash(step), hash);
                while (index % 2 == 0 && index != 0) {
                    index >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.node(hash, new Hash(step));
            }
            index >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.base58().equals(transaction.rootHash());
    }

    /** The tree holds an attribute by its digest only, while some ledgers show it in full. */
    private static Map<String, Object> leaf(LedgerTransaction transaction) {
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

    /** A hash in base58, so that two can be compared. */
    private record Hash(String base58) {

        static Hash leaf(byte[] entry) {
            return of((byte) 0, entry, new byte[0]);
        }

        static Hash node(Hash left, Hash right) {
            return of((byte) 1, Base58.decode(left.base58), Base58.decode(right.base58));
        }

        private static Hash of(byte prefix, byte[] first, byte[] second) {
            byte[] input = new byte[1 + first.length + second.length];
            input[0] = prefix;
            System.arraycopy(first, 0, input, 1, first.length);
            System.arraycopy(second, 0, input, 1 + first.length, second.length);
            return new Hash(Base58.encode(Sha256.of(input)));
        }
    }
}
