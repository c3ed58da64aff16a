package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import java.nio.ByteBuffer;

/**
 * From a request's payload digest to the transaction that it became: an open-addressed table keyed by the first eight bytes of the
 * digest. A candidate is only that; the digest in the transaction decides. Used by the writing thread alone.
 */
final class DigestIndex {
    private static final int INITIAL = 1 << 10;
    private long[] keys = new long[INITIAL];
    private long[] places = new long[INITIAL];
    private int count;

    void put(long key, LedgerId ledger, long seqNo) {
        if (2 * (count + 1) > keys.length) {
            grow();
        }
        insert(key, (long) ledger.number() << 56 | seqNo);
        count++;
    }

    /** The candidate at the given rank (from 0) among those with this key; 0 when there are no more. */
    long candidate(long key, int rank) {
        int mask = keys.length - 1;
        int left = rank;
        for (int slot = slot(key, mask); places[slot] != 0; slot = (slot + 1) & mask) {
            if (keys[slot] == key && left-- == 0) {
                return places[slot];
            }
        }
        return 0;
    }

    static LedgerId ledger(long place) {
        return LedgerId.of(place >>> 56).orElseThrow();
    }

    static long seqNo(long place) {
        return place & 0x00ff_ffff_ffff_ffffL;
    }

    static long key(String hexDigest) {
        return Long.parseUnsignedLong(hexDigest, 0, 16, 16);
    }

    /** The table as bytes. */
    ByteBuffer encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(8L + 16L * keys.length));
        bytes.putLong(count);
        bytes.asLongBuffer().put(keys).put(places);
        return bytes.rewind();
    }

    static DigestIndex decode(ByteBuffer bytes) {
        DigestIndex index = new DigestIndex();
        index.count = Math.toIntExact(bytes.getLong());
        int slots = bytes.remaining() / 16;
        index.keys = new long[slots];
        index.places = new long[slots];
        bytes.asLongBuffer().get(index.keys).get(index.places);
        return index;
    }

    private void insert(long key, long place) {
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        while (places[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        places[slot] = place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new long[2 * oldPlaces.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPlaces[i] != 0) {
                insert(oldKeys[i], oldPlaces[i]);
            }
        }
    }

    private static int slot(long key, int mask) {
        return (int) (key ^ key >>> 32) & mask;
    }
}
