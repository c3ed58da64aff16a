package city.elicence.credentials.offline;

/**
 * Octets of the template that stand for something else. All lie below 0x20 and so outside any JWS, disclosure or compact
 * JSON; tab, line feed and carriage return are left alone.
 */
final class Mark {
    /** From here to {@link #CLOSE} is the JSON text of a base64url part. */
    static final byte OPEN = 0x01;

    static final byte CLOSE = 0x02;

    /** The next 16 octets of the heap, as a quoted base64url string. */
    static final byte OCTETS_16 = 0x03;

    /** The next 32 octets of the heap, likewise. */
    static final byte OCTETS_32 = 0x04;

    /** The next 64 octets of the heap, likewise; outside a text, a signature without quotes. */
    static final byte OCTETS_64 = 0x05;

    /** The certificates, strings with commas between them, of the chain whose leaf's id is next in the heap: 16 octets. */
    static final byte CHAIN = 0x06;

    /** The quoted digest of a disclosure; the next octet, less {@link #FIRST_INDEX}, is its place. */
    static final byte DIGEST = 0x07;

    /** The quoted digest of all that precedes the key binding JWT: {@code sd_hash}. */
    static final byte SD_HASH = 0x08;

    /** The quoted root to which the anchor receipt's path leads. */
    static final byte ROOT = 0x0b;

    /** The y of the point on P-256 whose x was the last {@link #OCTETS_32}: the even one. */
    static final byte Y_EVEN = 0x0c;

    /** Likewise the odd one. */
    static final byte Y_ODD = 0x0e;

    static final int FIRST_INDEX = 0x20;
    static final int MAX_INDEX = 0x7e - FIRST_INDEX;

    private Mark() {}
}
