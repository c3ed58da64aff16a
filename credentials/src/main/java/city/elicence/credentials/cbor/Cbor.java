package city.elicence.credentials.cbor;

import org.jspecify.annotations.Nullable;

/**
 * CBOR as trees: integers are {@code Long}, or {@code BigInteger} beyond 63 bits; byte strings {@code byte[]}; text
 * {@code String}; arrays {@code List}; maps {@code Map} in the order read; tags {@link Tagged}; floats {@code Double};
 * {@code Boolean}; null is null, undefined and other simple values are {@link Simple}.
 */
public final class Cbor {
    /** The most octets that are read. */
    public static final int MAX_OCTETS = 1 << 20;

    /** The most levels of arrays, maps and tags. */
    public static final int MAX_DEPTH = 24;

    private Cbor() {}

    /** A simple value without a meaning of its own in Java (RFC 8949 §3.3). */
    public record Simple(int value) {
        /** The value "undefined". */
        public static final Simple UNDEFINED = new Simple(23);

        public Simple {
            if (value < 0 || value > 255 || (value > 23 && value < 32)) {
                throw new IllegalArgumentException("simple values are 0 to 23 and 32 to 255");
            }
        }
    }

    /** RFC 8949 §4.2.1, core deterministic encoding: the one sequence of octets for a tree. */
    public static byte[] encode(@Nullable Object tree) {
        return new CborWriter().write(tree).octets();
    }

    /**
     * Reads one data item that fills the octets: well-formed, valid UTF-8, no key twice in a map. Octets that another
     * encoder wrote less tidily (unsorted maps, longer heads, indefinite lengths) are read too; see
     * {@link #isDeterministic}.
     */
    public static @Nullable Object decode(byte[] octets) throws CborException {
        return new CborReader(octets).readAll();
    }

    /** Whether the octets are what {@link #encode} would have written. */
    public static boolean isDeterministic(byte[] octets) throws CborException {
        return java.util.Arrays.equals(octets, encode(decode(octets)));
    }
}
