package city.elicence.credentials.offline;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.offline.OfflineException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what {@link Folding} took apart. Template and heap come from a stranger. */
final class Unfolding {
    /** Stands for the receipt's root until the rest of its JSON is there. */
    private static final String ROOT_PLACE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final List<List<Part>> segments = new ArrayList<>();
    private final @Nullable String[] done;
    private final BitSet begun = new BitSet();
    private final byte[] heap;
    private final KnownChains chains;
    private int heapRead;
    private byte[] lastTaken = new byte[0];

    /** What stands between two dots; encoded, when it is to be base64url. */
    private record Part(boolean encoded, List<Piece> pieces) {}

    /** Text, or (mark not zero) something to be computed when the other segments are there. */
    private record Piece(String text, int mark, int index) {
        static Piece of(String text) {
            return new Piece(text, 0, 0);
        }
    }

    private Unfolding(byte[] template, byte[] heap, KnownChains chains) throws OfflineException {
        this.heap = heap;
        this.chains = chains;
        read(template);
        if (heapRead != heap.length) {
            throw malformed("the heap is longer than the template says");
        }
        this.done = new String[segments.size()];
    }

    static String restore(byte[] template, byte[] heap, KnownChains chains) throws OfflineException {
        Unfolding unfolding = new Unfolding(template, heap, chains);
        StringBuilder presentation = new StringBuilder();
        int last = unfolding.segments.size() - 1;
        for (int i = 0; i <= last; i++) {
            presentation.append(i == 0 ? "" : "~");
            String sdHash = i == last && i > 0 ? Folding.digest(presentation.toString()) : null;
            presentation.append(unfolding.segment(i, sdHash));
            if (presentation.length() > OfflineCode.MAX_PRESENTATION_LENGTH) {
                throw new OfflineException(Reason.TOO_LARGE, "the presentation is too long");
            }
        }
        return presentation.toString();
    }

    // --- first pass: the template in order, which is the order of the heap ---

    private void read(byte[] template) throws OfflineException {
        List<Part> segment = new ArrayList<>();
        int from = 0;
        boolean inside = false;
        for (int i = 0; i <= template.length; i++) {
            int octet = i < template.length ? template[i] : '~';
            if (octet == Mark.OPEN || octet == Mark.CLOSE) {
                if (inside == (octet == Mark.OPEN)) {
                    throw malformed("texts must open and close in turn");
                }
                inside = octet == Mark.OPEN;
            } else if (!inside && (octet == '~' || octet == '.')) {
                segment.add(part(Arrays.copyOfRange(template, from, i)));
                from = i + 1;
                if (octet == '~') {
                    segments.add(segment);
                    segment = new ArrayList<>();
                }
            }
        }
        if (inside) {
            throw malformed("a text does not close");
        }
    }

    private Part part(byte[] template) throws OfflineException {
        boolean encoded = template.length > 0 && template[0] == Mark.OPEN;
        int end = encoded ? template.length - 1 : template.length;
        if (encoded && (end < 1 || template[end] != Mark.CLOSE)) {
            throw malformed("a text must fill its part");
        }
        List<Piece> pieces = new ArrayList<>();
        int from = encoded ? 1 : 0;
        for (int i = from; i < end; i++) {
            if (isMark(template[i])) {
                pieces.add(Piece.of(utf8(template, from, i)));
                boolean hasIndex = template[i] == Mark.DIGEST;
                if (hasIndex && i + 1 >= end) {
                    throw malformed("a digest names no disclosure");
                }
                pieces.add(piece(template[i], hasIndex ? template[i + 1] : 0, encoded));
                i += hasIndex ? 1 : 0;
                from = i + 1;
            }
        }
        pieces.add(Piece.of(utf8(template, from, end)));
        return new Part(encoded, pieces);
    }

    private static boolean isMark(byte octet) {
        return octet >= 0 && octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r';
    }

    private Piece piece(byte mark, int index, boolean quoted) throws OfflineException {
        return switch (mark) {
            case Mark.OCTETS_16 -> base64Url(take(16), quoted);
            case Mark.OCTETS_32 -> base64Url(take(32), quoted);
            case Mark.OCTETS_64 -> base64Url(take(64), quoted);
            case Mark.CHAIN -> Piece.of(chain(Base64Url.encode(take(KnownChains.ID_LENGTH))));
            case Mark.Y_EVEN, Mark.Y_ODD -> base64Url(y(mark == Mark.Y_ODD), quoted);
            case Mark.DIGEST, Mark.SD_HASH, Mark.ROOT -> new Piece("", mark, index - Mark.FIRST_INDEX);
            default -> throw malformed("unknown mark " + mark);
        };
    }

    private static Piece base64Url(byte[] octets, boolean quoted) {
        String quote = quoted ? "\"" : "";
        return Piece.of(quote + Base64Url.encode(octets) + quote);
    }

    private byte[] y(boolean odd) throws OfflineException {
        if (lastTaken.length != 32) {
            throw malformed("a y follows no x");
        }
        return P256.y(lastTaken, odd);
    }

    private byte[] take(int length) throws OfflineException {
        if (heap.length - heapRead < length) {
            throw malformed("the heap is shorter than the template says");
        }
        heapRead += length;
        lastTaken = Arrays.copyOfRange(heap, heapRead - length, heapRead);
        return lastTaken;
    }

    private String chain(String leafId) throws OfflineException {
        List<String> x5c = chains.x5cOf(leafId)
                .orElseThrow(() -> new OfflineException(
                        Reason.UNKNOWN_CERTIFICATE, "no chain is known whose leaf has the id " + leafId));
        return '"' + String.join("\",\"", x5c) + '"';
    }

    // --- second pass: what is computed from other segments ---

    /** The text of a segment; each is made once, and never while it is being made. */
    private String segment(int i, @Nullable String sdHash) throws OfflineException {
        String known = done[i];
        if (known != null) {
            return known;
        }
        if (begun.get(i)) {
            throw malformed("a disclosure's digest depends on itself");
        }
        begun.set(i);
        StringBuilder text = new StringBuilder();
        String separator = "";
        for (Part part : segments.get(i)) {
            text.append(separator).append(text(part, sdHash));
            separator = ".";
        }
        done[i] = text.toString();
        return text.toString();
    }

    private String text(Part part, @Nullable String sdHash) throws OfflineException {
        StringBuilder text = new StringBuilder();
        boolean hasRoot = false;
        for (Piece piece : part.pieces()) {
            if (piece.mark() == 0) {
                text.append(piece.text());
            } else {
                hasRoot |= piece.mark() == Mark.ROOT;
                text.append('"').append(computed(piece, sdHash)).append('"');
            }
        }
        String whole = hasRoot ? withRoot(text.toString()) : text.toString();
        return part.encoded() ? Base64Url.encodeText(whole) : whole;
    }

    private String computed(Piece piece, @Nullable String sdHash) throws OfflineException {
        if (piece.mark() == Mark.DIGEST) {
            int at = piece.index() + 1;
            if (at < 1 || at >= segments.size() - 1) {
                throw malformed("a digest names a disclosure that is not there");
            }
            return Folding.digest(segment(at, null));
        }
        if (sdHash == null) {
            throw malformed("only the key binding JWT has a digest of the rest or a receipt");
        }
        return piece.mark() == Mark.SD_HASH ? sdHash : ROOT_PLACE;
    }

    private String withRoot(String json) throws OfflineException {
        String root = Folding.receiptRoot(json, segment(0, null))
                .orElseThrow(() -> malformed("the receipt's path leads to no root"));
        return json.replace('"' + ROOT_PLACE + '"', '"' + root + '"');
    }

    private static String utf8(byte[] octets, int from, int to) throws OfflineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the template must be UTF-8");
        }
    }

    private static OfflineException malformed(String detail) {
        return new OfflineException(Reason.MALFORMED, detail);
    }
}
