package city.elicence.node.wire;

import city.elicence.credentials.json.Json;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The messages that a node sends to clients. */
final class Replies {
    static final byte[] PONG = "po".getBytes(StandardCharsets.US_ASCII);

    private Replies() {}

    static byte[] acknowledged(Request request) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", "REQACK");
        message.put("reqId", request.reqId());
        message.put("identifier", request.identifier());
        return bytes(message);
    }

    static byte[] reply(Map<String, Object> result) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", "REPLY");
        message.put("result", result);
        return bytes(message);
    }

    static byte[] refused(Request request, Refusal refusal) {
        return refused(Optional.of(request.reqId()), Optional.of(request.identifier()), refusal);
    }

    @SuppressWarnings("NullAway") // what could not be read is JSON null
    static byte[] refused(Optional<Number> reqId, Optional<String> identifier, Refusal refusal) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", refusal.stage().name());
        message.put("reqId", reqId.orElse(null));
        message.put("identifier", identifier.orElse(null));
        message.put("reason", refusal.reason());
        return bytes(message);
    }

    static byte[] bytes(Map<String, Object> message) {
        return Json.write(message).getBytes(StandardCharsets.UTF_8);
    }
}
