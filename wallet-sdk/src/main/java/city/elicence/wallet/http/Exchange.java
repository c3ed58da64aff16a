package city.elicence.wallet.http;

import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer. No answer, and an answer that says "later", are {@link Reason#NETWORK}: ask again. Any answer may bring
 * the nonce for the next proof (RFC 9449 section 8, HAIP section 4.1): the last one of each origin is kept, by this exchange and no other.
 */
public final class Exchange {
    private static final String DPOP_NONCE = "DPoP-Nonce";
    private static final int MOST_ORIGINS = 16;

    private final HttpTransport transport;
    private final Map<String, String> dpopNonces = new ConcurrentHashMap<>();

    public Exchange(HttpTransport transport) {
        this.transport = transport;
    }

    /** What the other side gave last, for the next proof to it; null where it has given none. */
    public @Nullable String dpopNonce(URI endpoint) {
        return dpopNonces.get(SafeUri.originOf(endpoint));
    }

    /** One for another reception, which knows no nonce: one that is used in both would tell that they are of one wallet. */
    public Exchange apart() {
        return new Exchange(transport);
    }

    public HttpReply get(URI uri, String accept) throws RefusedException {
        return send(new HttpCall("GET", uri, Map.of("Accept", accept), null));
    }

    public HttpReply postForm(URI uri, Map<String, String> form, Map<String, String> headers) throws RefusedException {
        return post(uri, Form.MEDIA_TYPE, Form.encode(form), headers);
    }

    public HttpReply post(URI uri, @Nullable String mediaType, String body, Map<String, String> headers)
            throws RefusedException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (mediaType != null) {
            all.put("Content-Type", mediaType);
        }
        all.putIfAbsent("Accept", "application/json");
        return send(new HttpCall("POST", uri, all, body));
    }

    private HttpReply send(HttpCall call) throws RefusedException {
        if (!SafeUri.isSafe(call.uri())) {
            throw new RefusedException(Reason.NETWORK, "not an address that a wallet talks to");
        }
        HttpReply reply;
        try {
            reply = transport.send(call);
        } catch (IOException e) {
            throw new RefusedException(
                    Reason.NETWORK,
                    "no answer from " + call.uri().getHost() + ": "
                            + e.getClass().getSimpleName());
        }
        String nonce = reply.header(DPOP_NONCE);
        if (nonce != null) {
            if (dpopNonces.size() >= MOST_ORIGINS) {
                dpopNonces.clear();
            }
            dpopNonces.put(SafeUri.originOf(call.uri()), nonce);
        }
        if (reply.status() == 429 || reply.status() >= 500) {
            throw new RefusedException(Reason.NETWORK, call.uri().getHost() + " answered " + reply.status());
        }
        return reply;
    }
}
