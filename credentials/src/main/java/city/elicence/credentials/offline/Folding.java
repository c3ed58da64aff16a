package city.elicence.credentials.offline;

import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a presentation apart: text, which compresses, into a template; keys, signatures, salts and digests, which do not,
 * into a heap of octets; and what can be computed again into nothing. {@link Unfolding} is the way back.
 */
final class Folding {
    private static final String X5C = "\"x5c\":[";
    private static final Pattern CERTIFICATES = Pattern.compile("\"[A-Za-z0-9+/=]+\"(,\"[A-Za-z0-9+/=]+\")*");
    private static final String ROOT_NAME = "\"root\":";
    private static final String Y_NAME = "\"y\":";

    private final ByteArrayOutputStream template = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private final Map<String, Integer> placeOfDigest = new HashMap<>();
    private final String issuerJwt;
    private byte[] lastOctets = new byte[0];

    private Folding(String issuerJwt) {
        this.issuerJwt = issuerJwt;
    }

    static Folding of(String presentation) {
        List<String> segments = Arrays.asList(presentation.split("~", -1));
        Folding folding = new Folding(segments.get(0));
        for (int i = 1; i < segments.size() - 1 && i - 1 <= Mark.MAX_INDEX; i++) {
            folding.placeOfDigest.putIfAbsent(digest(segments.get(i)), i - 1);
        }
        for (int i = 0; i < segments.size(); i++) {
            if (i > 0) {
                folding.template.write('~');
            }
            boolean isKeyBinding = i > 0 && i == segments.size() - 1;
            Optional<String> sdHash = isKeyBinding
                    ? Optional.of(digest(presentation.substring(0, presentation.lastIndexOf('~') + 1)))
                    : Optional.empty();
            folding.segment(segments.get(i), sdHash);
        }
        return folding;
    }

    byte[] template() {
        return template.toByteArray();
    }

    byte[] heap() {
        return heap.toByteArray();
    }

    private void segment(String segment, Optional<String> sdHash) {
        List<String> parts = Arrays.asList(segment.split("\\.", -1));
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                template.write('.');
            }
            part(parts.get(i), sdHash);
        }
    }

    private void part(String part, Optional<String> sdHash) {
        byte[] octets;
        try {
            octets = Base64Url.decode(part);
        } catch (JsonException e) {
            write(part);
            return;
        }
        Optional<String> text = text(octets);
        if (octets.length > 0 && text.isPresent()) {
            template.write(Mark.OPEN);
            json(text.get(), sdHash);
            template.write(Mark.CLOSE);
        } else if (octets.length == 64) {
            octets(Mark.OCTETS_64, octets);
        } else {
            write(part);
        }
    }

    private void json(String json, Optional<String> sdHash) {
        Optional<String> root = sdHash.isPresent() ? computableRoot(json) : Optional.empty();
        for (int i = 0; i < json.length(); ) {
            int chain = json.startsWith(X5C, i) ? chain(json, i + X5C.length()) : 0;
            if (chain > 0) {
                i = chain;
            } else if (root.isPresent() && json.startsWith(ROOT_NAME + '"' + root.get() + '"', i)) {
                write(ROOT_NAME);
                template.write(Mark.ROOT);
                i += ROOT_NAME.length() + root.get().length() + 2;
            } else {
                i += quoted(json, i, sdHash);
            }
        }
    }

    /** Folds the certificates that begin there, and says where they end; zero when they are not what can be restored. */
    private int chain(String json, int begin) {
        int end = json.indexOf(']', begin);
        if (end < 0 || !CERTIFICATES.matcher(json.substring(begin, end)).matches()) {
            return 0;
        }
        String first = json.substring(begin + 1, json.indexOf('"', begin + 1));
        try {
            String leaf = KnownChains.leafId(List.of(first));
            write(X5C);
            octets(Mark.CHAIN, Base64Url.decode(leaf));
            return end;
        } catch (IllegalArgumentException | JsonException e) {
            return 0;
        }
    }

    /** Folds a string of a length that keys and digests have, or copies one character; returns how many were taken. */
    private int quoted(String json, int at, Optional<String> sdHash) {
        for (int length : new int[] {43, 22, 86}) {
            int end = at + 1 + length;
            if (json.charAt(at) == '"' && end < json.length() && json.charAt(end) == '"') {
                String string = json.substring(at + 1, end);
                Integer place = placeOfDigest.get(string);
                if (place != null) {
                    template.write(Mark.DIGEST);
                    template.write(Mark.FIRST_INDEX + place);
                    return length + 2;
                }
                if (sdHash.isPresent() && sdHash.get().equals(string)) {
                    template.write(Mark.SD_HASH);
                    return length + 2;
                }
                if (octets(string, json.startsWith(Y_NAME, at - Y_NAME.length()))) {
                    return length + 2;
                }
            }
        }
        int character = json.codePointAt(at);
        write(new String(Character.toChars(character)));
        return Character.charCount(character);
    }

    /** Moves a key, digest or salt to the heap, or just its sign when it is the y of the x before; false: it is none. */
    private boolean octets(String base64Url, boolean isNamedY) {
        byte[] octets;
        try {
            octets = Base64Url.decode(base64Url);
        } catch (JsonException e) {
            return false;
        }
        if (isNamedY && octets.length == 32 && lastOctets.length == 32 && P256.isPoint(lastOctets, octets)) {
            template.write((octets[31] & 1) == 1 ? Mark.Y_ODD : Mark.Y_EVEN);
            return true;
        }
        octets(octets.length == 16 ? Mark.OCTETS_16 : octets.length == 32 ? Mark.OCTETS_32 : Mark.OCTETS_64, octets);
        return true;
    }

    /** The receipt's root, when it is the one that its path leads to: then the other side can compute it. */
    private Optional<String> computableRoot(String json) {
        return receiptRoot(json, issuerJwt).filter(root -> json.contains(ROOT_NAME + '"' + root + '"'));
    }

    /** The root to which the receipt in a key binding JWT's payload leads. */
    static Optional<String> receiptRoot(String json, String issuerJwt) {
        try {
            Map<String, Object> claims = Json.parseObject(json);
            if (!claims.containsKey(OfflineCode.RECEIPT_CLAIM)) {
                return Optional.empty();
            }
            Receipt receipt = Receipt.fromJson(Json.asObject(claims.get(OfflineCode.RECEIPT_CLAIM)));
            return receipt.rootFor(issuerJwt).map(root -> root.toBase64Url());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private void octets(byte mark, byte[] octets) {
        template.write(mark);
        heap.write(octets, 0, octets.length);
        lastOctets = octets;
    }

    private void write(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        template.write(utf8, 0, utf8.length);
    }

    static String digest(String ascii) {
        return Base64Url.encode(Sha256.of(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The octets as UTF-8 text, if that is what they are and no character of it could be taken for a mark. */
    private static Optional<String> text(byte[] octets) {
        for (byte octet : octets) {
            if (octet >= 0 && octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r') {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
