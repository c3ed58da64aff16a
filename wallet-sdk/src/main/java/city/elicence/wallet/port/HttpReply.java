package city.elicence.wallet.port;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One HTTP answer; header names are compared without case, RFC 9110 section 5.1. */
public record HttpReply(int status, Map<String, String> headers, String body) {
    public HttpReply {
        TreeMap<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = Collections.unmodifiableMap(byName);
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
