package city.elicence.wallet.port;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request; all bodies of the protocols that a wallet speaks are text. */
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable String body) {
    public HttpCall {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
