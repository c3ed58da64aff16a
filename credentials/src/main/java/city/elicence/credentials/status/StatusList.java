package city.elicence.credentials.status;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The Status List of Token Status List §4: one status of 1, 2, 4 or 8 bits for each index, packed from the least
 * significant bit, compressed with ZLIB. Mutable and not thread-safe: an issuer's working copy.
 */
public final class StatusList {
    /** §7.1: the credential is valid. */
    public static final int VALID = 0x00;
    /** §7.1: the credential is revoked for good. */
    public static final int INVALID = 0x01;
    /** §7.1: the credential is invalid for the time being. */
    public static final int SUSPENDED = 0x02;

    /** The most octets that a list may have when unpacked: two million statuses of eight bits, eight of two. */
    public static final int MAX_OCTETS = 2 * 1024 * 1024;

    private final int bits;
    private final byte[] octets;

    private StatusList(int bits, byte[] octets) {
        this.bits = bits;
        this.octets = octets;
    }

    /** A list of VALID statuses; the size is rounded up to fill the last octet. */
    public static StatusList ofSize(int bits, int size) {
        if (!allowed(bits)) {
            throw new IllegalArgumentException("a status has 1, 2, 4 or 8 bits, found " + bits);
        }
        long length = ((long) size * bits + 7) / 8;
        if (size < 1 || length > MAX_OCTETS) {
            throw new IllegalArgumentException("a list of " + bits + " bits cannot have " + size + " statuses");
        }
        return new StatusList(bits, new byte[(int) length]);
    }

    /** Reads the claim {@code status_list} (§4.2): bits and lst; others are ignored. */
    public static StatusList fromJson(Map<String, Object> json) throws StatusException {
        if (!(json.get("bits") instanceof Long bits) || !(json.get("lst") instanceof String lst)) {
            throw new StatusException(Reason.MALFORMED_LIST, "expected integer bits and string lst");
        }
        if (bits < 1 || bits > 8) {
            throw new StatusException(Reason.MALFORMED_LIST, "bits must be 1, 2, 4 or 8");
        }
        try {
            return decompress(bits.intValue(), Base64Url.decode(lst));
        } catch (JsonException e) {
            throw new StatusException(Reason.MALFORMED_LIST, "lst must be base64url without padding");
        }
    }

    /** Unpacks a ZLIB stream (§4.1), of at most {@link #MAX_OCTETS}, that ends where the octets end. */
    public static StatusList decompress(int bits, byte[] compressed) throws StatusException {
        if (!allowed(bits)) {
            throw new StatusException(Reason.MALFORMED_LIST, "bits must be 1, 2, 4 or 8");
        }
        if (compressed.length > MAX_OCTETS) {
            throw new StatusException(Reason.TOO_LARGE, "the compressed list is over " + MAX_OCTETS + " octets");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[16 * 1024];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished()) {
                    throw new StatusException(Reason.MALFORMED_LIST, "lst ends before its ZLIB stream does");
                }
                if (out.size() + n > MAX_OCTETS) {
                    throw new StatusException(Reason.TOO_LARGE, "the list is over " + MAX_OCTETS + " octets");
                }
                out.write(buffer, 0, n);
            }
            if (inflater.getRemaining() > 0 || out.size() == 0) {
                throw new StatusException(Reason.MALFORMED_LIST, "lst must be one ZLIB stream that is not empty");
            }
            return new StatusList(bits, out.toByteArray());
        } catch (DataFormatException e) {
            throw new StatusException(Reason.MALFORMED_LIST, "lst must be a ZLIB stream");
        } finally {
            inflater.end();
        }
    }

    /** Bits of a status: 1, 2, 4 or 8. */
    public int bits() {
        return bits;
    }

    /** How many statuses there are. */
    public int size() {
        return octets.length * (8 / bits);
    }

    /** The status at an index; §8.3: an index beyond the end is an error, never VALID. */
    public int get(long index) throws StatusException {
        if (index < 0 || index >= size()) {
            throw new StatusException(Reason.INDEX_OUT_OF_RANGE, "the list has " + size() + " statuses");
        }
        int perOctet = 8 / bits;
        int shift = (int) (index % perOctet) * bits;
        return ((octets[(int) (index / perOctet)] & 0xff) >> shift) & mask();
    }

    /** Sets the status at an index of the issuer's own list. */
    public void set(int index, int status) {
        if (index < 0 || index >= size() || (status & ~mask()) != 0) {
            throw new IllegalArgumentException("index " + index + " or status " + status + " does not fit a list of "
                    + size() + " statuses of " + bits + " bits");
        }
        int perOctet = 8 / bits;
        int shift = (index % perOctet) * bits;
        int at = index / perOctet;
        octets[at] = (byte) ((octets[at] & ~(mask() << shift)) | (status << shift));
    }

    /** §4.1: the octets as a ZLIB stream, at the highest level of compression. */
    public byte[] compress() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(octets);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[16 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** §4.2: the claim {@code status_list}. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bits", (long) bits);
        json.put("lst", Base64Url.encode(compress()));
        return json;
    }

    /** A copy of the packed octets, not compressed. */
    public byte[] octets() {
        return octets.clone();
    }

    /** A list that changes apart from this one. */
    public StatusList copy() {
        return new StatusList(bits, octets.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusList that && bits == that.bits && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(octets);
    }

    private int mask() {
        return (1 << bits) - 1;
    }

    private static boolean allowed(int bits) {
        return bits == 1 || bits == 2 || bits == 4 || bits == 8;
    }
}
