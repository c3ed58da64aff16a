package city.elicence.wallet.port;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusListCwt;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer; header names are compared without case, RFC 9110 section 5.1. Made by {@link #of}, which knows how a body is text.
 *
 * @param body UTF-8; of a status list in CWT form and of a PNG, which are no text, the octets in base64url
 */
public record HttpReply(int status, Map<String, String> headers, String body) {
    private static final Set<String> NO_TEXT = Set.of(StatusListCwt.MEDIA_TYPE, "image/png");

    public HttpReply {
        TreeMap<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
    }

    /** The answer with a body as it came. */
    public static HttpReply of(int status, Map<String, String> headers, byte[] octets) {
        HttpReply bare = new HttpReply(status, headers, "");
        String text = bare.isNoText() ? Base64Url.encode(octets) : new String(octets, StandardCharsets.UTF_8);
        return new HttpReply(status, headers, text);
    }

    /** The body as it came. */
    public byte[] octets() {
        try {
            return isNoText() ? Base64Url.decode(body) : body.getBytes(StandardCharsets.UTF_8);
        } catch (JsonException e) {
            throw new IllegalStateException("made by hand, and not by of", e);
        }
    }

    private boolean isNoText() {
        return NO_TEXT.contains(mediaType());
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The media type without its parameters, in lower case; empty where none was sent. */
    public String mediaType() {
        String type = headers.get("Content-Type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }
}
