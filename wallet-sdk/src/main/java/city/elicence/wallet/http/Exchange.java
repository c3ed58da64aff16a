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
import org.jspecify.annotations.Nullable;

/** One request, one answer. No answer, and an answer that says "later", are {@link Reason#NETWORK}: ask again. */
public final class Exchange {
    private final HttpTransport transport;

    public Exchange(HttpTransport transport) {
        this.transport = transport;
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
        if (reply.status() == 429 || reply.status() >= 500) {
            throw new RefusedException(Reason.NETWORK, call.uri().getHost() + " answered " + reply.status());
        }
        return reply;
    }
}
