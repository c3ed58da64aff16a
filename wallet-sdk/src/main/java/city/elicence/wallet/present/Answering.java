package city.elicence.wallet.present;

import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.OAuthError;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends answers and refusals to a verifier: OpenID4VP sections 8.2, 8.3 and 8.5. */
final class Answering {
    /** Addresses that would run or read something on the phone, and not open a page. */
    private static final Set<String> NO_PAGES =
            Set.of("javascript", "data", "file", "content", "intent", "blob", "about", "vbscript", "android-app");

    private final Exchange exchange;

    Answering(Exchange exchange) {
        this.exchange = exchange;
    }

    Presented send(Request.ReturnAddress address, Map<String, Object> answer) throws RefusedException {
        HttpReply reply = exchange.postForm(address.uri(), form(address, answer), Map.of());
        if (!reply.ok()) {
            throw new RefusedException(Reason.VERIFIER_REFUSED, "response_uri: " + OAuthError.of(reply));
        }
        return new Presented(follow(reply));
    }

    /** An error, and nothing of why the holder or the wallet had it so. */
    Presented refuse(Request.ReturnAddress address, String error) throws RefusedException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", error);
        return send(address, answer);
    }

    private static Map<String, String> form(Request.ReturnAddress address, Map<String, Object> answer) {
        Map<String, Object> complete = new LinkedHashMap<>(answer);
        if (address.state() != null) {
            complete.put("state", address.state());
        }
        Map<String, String> form = new LinkedHashMap<>();
        Request.Recipient recipient = address.recipient();
        if (recipient == null) {
            for (Map.Entry<String, Object> field : complete.entrySet()) {
                Object value = field.getValue();
                form.put(field.getKey(), value instanceof String text ? text : Json.write(value));
            }
            return form;
        }
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("enc", recipient.enc());
        if (recipient.keyId() != null) {
            header.put("kid", recipient.keyId());
        }
        byte[] payload = Json.write(complete).getBytes(StandardCharsets.UTF_8);
        form.put("response", Jwe.encrypt(payload, header, recipient.key()));
        return form;
    }

    /** Section 8.2: an absolute address to open; one that would do something else than open a page is passed over. */
    private static @Nullable URI follow(HttpReply reply) {
        try {
            String named = Fields.parse(reply.body()).optString("redirect_uri").orElse(null);
            if (named == null || named.length() > 4096) {
                return null;
            }
            URI uri = new URI(named);
            String scheme = uri.getScheme();
            return scheme == null || NO_PAGES.contains(scheme.toLowerCase(Locale.ROOT)) ? null : uri;
        } catch (JsonException | URISyntaxException e) {
            return null;
        }
    }
}
