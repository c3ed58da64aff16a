package city.elicence.wallet.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture that an issuer's metadata name, HAIP 1.0 section 4.1: SVG or PNG. It is a stranger's file: draw it with nothing fetched and
 * nothing run, and trust nothing that it says.
 */
public final class Logo {
    public static final String PNG = "image/png";
    public static final String SVG = "image/svg+xml";

    private static final String SCHEME = "data:";
    private static final String IN_BASE64 = ";base64";
    private static final int LONGEST_BYTES = 150_000;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};

    private final String mediaType;
    private final byte[] octets;

    private Logo(String mediaType, byte[] octets) {
        this.mediaType = mediaType;
        this.octets = octets;
    }

    /** Null where it is no picture that a wallet shows: another type, too long, or not what its type says. */
    public static @Nullable Logo of(String mediaType, byte[] octets) {
        boolean right = switch (mediaType) {
            case PNG -> beginsAsPng(octets);
            case SVG -> looksAsSvg(new String(octets, StandardCharsets.UTF_8));
            default -> false;
        };
        return right && octets.length <= LONGEST_BYTES ? new Logo(mediaType, octets.clone()) : null;
    }

    /** RFC 2397. Null where it is no {@code data:} address, or no such picture. */
    public static @Nullable Logo read(String uri) {
        int comma = uri.indexOf(',');
        if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0 || uri.length() > 3 * LONGEST_BYTES) {
            return null;
        }
        String form = uri.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        int end = form.indexOf(';');
        try {
            byte[] octets = unescaped(uri.substring(comma + 1));
            return of(
                    end < 0 ? form : form.substring(0, end),
                    form.endsWith(IN_BASE64) ? Base64.getDecoder().decode(octets) : octets);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@link #PNG} or {@link #SVG}. */
    public String mediaType() {
        return mediaType;
    }

    /** The file. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The file as an RFC 2397 address, as a browser draws it. */
    public String dataUri() {
        return SCHEME + mediaType + IN_BASE64 + ',' + Base64.getEncoder().encodeToString(octets);
    }

    private static boolean beginsAsPng(byte[] octets) {
        for (int i = 0; i < PNG_SIGNATURE.length; i++) {
            if (i >= octets.length || octets[i] != PNG_SIGNATURE[i]) {
                return false;
            }
        }
        return true;
    }

    /** Entities would let a small file become a large one. */
    private static boolean looksAsSvg(String text) {
        return text.contains("<svg") && !text.contains("<!ENTITY");
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '%' && i + 2 < written.length) {
                octets.write(Integer.parseInt(new String(written, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                octets.write(written[i]);
            }
        }
        return octets.toByteArray();
    }
}
