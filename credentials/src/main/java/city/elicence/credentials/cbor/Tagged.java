package city.elicence.credentials.cbor;

import org.jspecify.annotations.Nullable;

/** A tagged data item (RFC 8949 §3.4). */
public record Tagged(long tag, @Nullable Object content) {
    /** §3.4.5.1: the content is CBOR in a byte string. */
    public static final long ENCODED_CBOR = 24;

    /** §3.4.1: the content is a date and time as text. */
    public static final long DATE_TIME = 0;

    /** RFC 8943 §1.1: the content is a date as text. */
    public static final long FULL_DATE = 1004;

    public Tagged {
        if (tag < 0) {
            throw new IllegalArgumentException("tags from 2^63 on are not used here");
        }
    }

    /** The item, encoded, in a byte string under tag 24: how ISO/IEC 18013-5 keeps octets that are signed. */
    public static Tagged encoded(@Nullable Object item) {
        return new Tagged(ENCODED_CBOR, Cbor.encode(item));
    }
}
