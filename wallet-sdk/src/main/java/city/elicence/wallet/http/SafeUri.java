package city.elicence.wallet.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses a wallet talks to: https, and http only to the machine that it runs on. */
public final class SafeUri {
    private static final int LONGEST = 4096;
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private SafeUri() {}

    /** Null where the text is no such address. */
    public static @Nullable URI of(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        try {
            URI uri = new URI(text);
            return isSafe(uri) ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    public static boolean isSafe(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    /** RFC 6454: scheme, host and port. */
    public static String originOf(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
