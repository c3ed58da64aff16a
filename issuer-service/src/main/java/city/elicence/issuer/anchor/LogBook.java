package city.elicence.issuer.anchor;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.issuer.store.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tenant's Merkle log (RFC 9162 §2.1) on rows: the hash of every complete subtree, so that an append, a root and a proof
 * each read a few dozen rows however long the log is. {@code city.elicence.credentials.merkle.MerkleTree} is the same in
 * memory, and a test holds the two together.
 */
final class LogBook {
    private final Rows rows;
    private final String tenant;
    private final Map<Node, MerkleHash> known = new HashMap<>();
    private final Map<Node, MerkleHash> added = new LinkedHashMap<>();

    /** The complete subtree of 2^level leaves that begins at leaf index * 2^level. */
    private record Node(int level, long index) {}

    LogBook(Rows rows, String tenant) {
        this.rows = rows;
        this.tenant = tenant;
    }

    /** How many leaves there are. */
    long size() {
        return rows.one(
                        "select coalesce(max(index) + 1, 0) as size from log_node where tenant = $1 and level = 0",
                        tenant)
                .map(row -> row.getLong("size"))
                .orElse(0L);
    }

    /** Appends leaves from {@code index} on and writes the rows. */
    void append(long index, List<MerkleHash> leafHashes) {
        long at = index;
        for (MerkleHash leaf : leafHashes) {
            put(new Node(0, at), leaf);
            int level = 0;
            for (long i = at; (i & 1) == 1; i >>= 1, level++) {
                MerkleHash left = node(new Node(level, i - 1));
                MerkleHash right = node(new Node(level, i));
                put(new Node(level + 1, i >> 1), MerkleHash.ofNode(left, right));
            }
            at++;
        }
        List<List<Object>> tuples = new ArrayList<>();
        added.forEach((node, hash) -> tuples.add(List.of(tenant, node.level(), node.index(), hash.octets())));
        rows.changeAll("insert into log_node (tenant, level, index, hash) values ($1, $2, $3, $4)", tuples);
        added.clear();
    }

    /** RFC 9162 §2.1.1: the root when the log had that many leaves. */
    MerkleHash root(long size) {
        return size == 0 ? MerkleHash.emptyRoot() : hash(0, size);
    }

    /** RFC 9162 §2.1.3.1: from the leaf's sibling upwards. */
    List<MerkleHash> inclusionProof(long index, long size) {
        List<MerkleHash> fromTheTop = new ArrayList<>();
        long begin = 0;
        long end = size;
        while (end - begin > 1) {
            long middle = begin + Long.highestOneBit(end - begin - 1);
            if (index < middle) {
                fromTheTop.add(hash(middle, end));
                end = middle;
            } else {
                fromTheTop.add(hash(begin, middle));
                begin = middle;
            }
        }
        return fromTheTop.reversed();
    }

    /** RFC 9162 §2.1.4.1: that the log of {@code second} leaves is the one of {@code first} with more. */
    List<MerkleHash> consistencyProof(long first, long second) {
        List<MerkleHash> fromTheTop = new ArrayList<>();
        long begin = 0;
        long end = second;
        while (first < end) {
            long middle = begin + Long.highestOneBit(end - begin - 1);
            if (first <= middle) {
                fromTheTop.add(hash(middle, end));
                end = middle;
            } else {
                fromTheTop.add(hash(begin, middle));
                begin = middle;
            }
        }
        if (begin > 0) {
            fromTheTop.add(hash(begin, end));
        }
        return fromTheTop.reversed();
    }

    private MerkleHash hash(long begin, long end) {
        long count = end - begin;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return node(new Node(level, begin >> level));
        }
        long middle = begin + Long.highestOneBit(count - 1);
        return MerkleHash.ofNode(hash(begin, middle), hash(middle, end));
    }

    private MerkleHash node(Node node) {
        MerkleHash hash = known.get(node);
        if (hash == null) {
            hash = rows.one(
                            "select hash from log_node where tenant = $1 and level = $2 and index = $3",
                            tenant,
                            node.level(),
                            node.index())
                    .map(row -> MerkleHash.of(Rows.bytes(row, "hash")))
                    .orElseThrow(() -> new IllegalStateException("the log has a gap at level " + node.level()));
            known.put(node, hash);
        }
        return hash;
    }

    private void put(Node node, MerkleHash hash) {
        known.put(node, hash);
        added.put(node, hash);
    }
}
