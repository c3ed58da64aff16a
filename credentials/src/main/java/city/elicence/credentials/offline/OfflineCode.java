package city.elicence.credentials.offline;

import city.elicence.credentials.offline.OfflineException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs an SD-JWT presentation with key binding into few octets, and back again to the very same text. The format is in
 * docs/offline-qr.md: version, length of the deflated template, deflated template, heap.
 */
public final class OfflineCode {
    /** The audience of a key binding JWT that is made for whoever scans it. */
    public static final String AUDIENCE = "urn:elicence:offline";

    /** The claim of the key binding JWT that holds the anchor receipt. */
    public static final String RECEIPT_CLAIM = "anchor_receipt";

    /** The longest presentation that is packed or unpacked. */
    public static final int MAX_PRESENTATION_LENGTH = 64 * 1024;

    private static final byte VERSION = 1;
    private static final int HEADER_LENGTH = 3;

    private OfflineCode() {}

    /** The presentation in octets, its certificates replaced by a reference to the leaf. */
    public static byte[] pack(String presentation) throws OfflineException {
        if (presentation.length() > MAX_PRESENTATION_LENGTH) {
            throw new OfflineException(Reason.TOO_LARGE, "the presentation is too long");
        }
        if (presentation.indexOf('~') < 0 || !isPrintable(presentation)) {
            throw new OfflineException(Reason.NOT_A_PRESENTATION, "expected an SD-JWT in compact form");
        }
        Folding folding = Folding.of(presentation);
        byte[] template = deflate(folding.template());
        if (template.length > 0xffff) {
            throw new OfflineException(Reason.TOO_LARGE, "the presentation's text is too long");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(VERSION);
        packed.write(template.length >> 8);
        packed.write(template.length);
        packed.write(template, 0, template.length);
        packed.write(folding.heap(), 0, folding.heap().length);
        return packed.toByteArray();
    }

    /** The presentation as frames to be shown one after the other: {@link #pack}, then {@link OfflineFrame#split}. */
    public static List<byte[]> frames(String presentation) throws OfflineException {
        List<byte[]> frames = new ArrayList<>();
        for (OfflineFrame frame : OfflineFrame.split(pack(presentation))) {
            frames.add(frame.octets());
        }
        return frames;
    }

    /** The presentation, its certificates restored from those that the verifier knows. */
    public static String unpack(byte[] packed, KnownChains chains) throws OfflineException {
        if (packed.length > MAX_PRESENTATION_LENGTH) {
            throw new OfflineException(Reason.TOO_LARGE, "the packed presentation is too long");
        }
        if (packed.length < HEADER_LENGTH || packed[0] != VERSION) {
            throw new OfflineException(Reason.MALFORMED, "expected version " + VERSION);
        }
        int heapAt = HEADER_LENGTH + ((packed[1] & 0xff) << 8 | (packed[2] & 0xff));
        if (heapAt > packed.length) {
            throw new OfflineException(Reason.MALFORMED, "the template is longer than the packed presentation");
        }
        byte[] template = inflate(packed, HEADER_LENGTH, heapAt);
        return Unfolding.restore(template, Arrays.copyOfRange(packed, heapAt, packed.length), chains);
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static byte[] deflate(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(Dictionary.octets());
            deflater.setInput(octets);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] packed, int from, int to) throws OfflineException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(Dictionary.octets());
            inflater.setInput(packed, from, to - from);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished()) {
                    throw new OfflineException(Reason.MALFORMED, "the template ends early");
                }
                if (out.size() + n > MAX_PRESENTATION_LENGTH) {
                    throw new OfflineException(Reason.TOO_LARGE, "the template is too long");
                }
                out.write(buffer, 0, n);
            }
            if (inflater.getRemaining() > 0) {
                throw new OfflineException(Reason.MALFORMED, "octets follow the template");
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new OfflineException(Reason.MALFORMED, "the template is not deflated");
        } finally {
            inflater.end();
        }
    }
}
