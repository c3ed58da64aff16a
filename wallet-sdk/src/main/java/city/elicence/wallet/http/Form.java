package city.elicence.wallet.http;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code application/x-www-form-urlencoded}: bodies of OAuth requests, and queries of addresses. */
public final class Form {
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final int MOST_FIELDS = 64;

    private Form() {}

    public static String encode(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (form.length() > 0) {
                form.append('&');
            }
            form.append(escape(field.getKey())).append('=').append(escape(field.getValue()));
        }
        return form.toString();
    }

    /** Null where it is no form, has a name twice (RFC 6749 section 3.1 forbids it), or has too many. */
    public static @Nullable Map<String, String> decode(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (form.isEmpty()) {
            return fields;
        }
        int start = 0;
        while (start <= form.length()) {
            int end = form.indexOf('&', start);
            end = end < 0 ? form.length() : end;
            String field = form.substring(start, end);
            start = end + 1;
            if (field.isEmpty()) {
                continue;
            }
            int equals = field.indexOf('=');
            try {
                String name = unescape(equals < 0 ? field : field.substring(0, equals));
                String value = equals < 0 ? "" : unescape(field.substring(equals + 1));
                if (fields.put(name, value) != null || fields.size() > MOST_FIELDS) {
                    return null;
                }
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return fields;
    }

    /** The fields of an address's query, whatever its scheme: {@code openid4vp://?...} has no authority. */
    public static @Nullable Map<String, String> queryOf(String address) {
        int mark = address.indexOf('?');
        if (mark < 0) {
            return null;
        }
        int end = address.indexOf('#', mark);
        return decode(end < 0 ? address.substring(mark + 1) : address.substring(mark + 1, end));
    }

    /** Adds fields to an address that may have a query already. */
    public static String append(String address, Map<String, String> fields) {
        return address + (address.indexOf('?') < 0 ? "?" : "&") + encode(fields);
    }

    @SuppressWarnings("JdkObsolete") // the other overload is not in Android API 26
    private static String escape(String text) {
        try {
            return URLEncoder.encode(text, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("JdkObsolete") // the other overload is not in Android API 26
    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
