package city.elicence.credentials.merkle;

import java.util.List;

/** Checks of proofs made by someone else's tree. Nothing in a proof makes these throw: it holds or it does not. */
public final class MerkleProof {
    private MerkleProof() {}

    /** RFC 9162 §2.1.3.2: whether the leaf is at that index of the tree with that size and root. */
    public static boolean isIncluded(
            MerkleHash leafHash, long index, long size, List<MerkleHash> path, MerkleHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        MerkleHash computed = rootFrom(leafHash, index, size, path);
        return computed != null && computed.equals(root);
    }

    /** The root to which a path leads, or null when the path has not the length that index and size demand. */
    static @org.jspecify.annotations.Nullable MerkleHash rootFrom(
            MerkleHash leafHash, long index, long size, List<MerkleHash> path) {
        if (index < 0 || index >= size) {
            return null;
        }
        long fn = index;
        long sn = size - 1;
        MerkleHash r = leafHash;
        for (MerkleHash p : path) {
            if (sn == 0) {
                return null;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = MerkleHash.ofNode(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = MerkleHash.ofNode(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 ? r : null;
    }

    /**
     * RFC 9162 §2.1.4.2: whether the second tree is the first with entries appended. A first size of zero proves nothing
     * (any tree extends an empty one) and is refused unless both are empty and equal.
     */
    public static boolean isConsistent(
            long first, MerkleHash firstRoot, long second, MerkleHash secondRoot, List<MerkleHash> path) {
        if (first < 0 || first > second) {
            return false;
        }
        if (first == second) {
            boolean canBe = first > 0 || firstRoot.equals(MerkleHash.emptyRoot());
            return canBe && path.isEmpty() && firstRoot.equals(secondRoot);
        }
        if (first == 0 || path.isEmpty()) {
            return false;
        }
        boolean whole = Long.bitCount(first) == 1;
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        MerkleHash fr = whole ? firstRoot : path.get(0);
        MerkleHash sr = fr;
        for (MerkleHash c : whole ? path : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = MerkleHash.ofNode(c, fr);
                sr = MerkleHash.ofNode(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = MerkleHash.ofNode(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
    }
}
