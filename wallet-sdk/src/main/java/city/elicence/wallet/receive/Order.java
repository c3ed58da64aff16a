package city.elicence.wallet.receive;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One licence of a reception: one credential request, and all that is known of its answer.
 *
 * @param credentialIdentifier as the token response named it, null where it named none
 * @param transactionId of a deferred issue
 * @param refused the code of the refusal, null while it may still come
 */
record Order(
        String configurationId,
        @Nullable String credentialIdentifier,
        State state,
        @Nullable String transactionId,
        @Nullable Instant askAgainAt,
        @Nullable String notificationId,
        @Nullable String refused) {
    enum State {
        OPEN,
        DEFERRED,
        STORED,
        REFUSED
    }

    static Order of(String configurationId, @Nullable String credentialIdentifier) {
        return new Order(configurationId, credentialIdentifier, State.OPEN, null, null, null, null);
    }

    boolean settled() {
        return state == State.STORED || state == State.REFUSED;
    }

    Order deferred(String transaction, Instant askAgain) {
        return new Order(configurationId, credentialIdentifier, State.DEFERRED, transaction, askAgain, null, null);
    }

    Order stored(@Nullable String notification) {
        return new Order(configurationId, credentialIdentifier, State.STORED, null, null, notification, null);
    }

    Order refused(String code) {
        return new Order(configurationId, credentialIdentifier, State.REFUSED, null, null, null, code);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("configuration", configurationId);
        put(json, "identifier", credentialIdentifier);
        json.put("state", state.name());
        put(json, "transaction", transactionId);
        put(json, "ask_again", askAgainAt == null ? null : askAgainAt.toString());
        put(json, "notification", notificationId);
        put(json, "refused", refused);
        return json;
    }

    static void put(Map<String, Object> json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static Order fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new Order(
                fields.string("configuration"),
                fields.optString("identifier").orElse(null),
                State.valueOf(fields.string("state")),
                fields.optString("transaction").orElse(null),
                fields.optTime("ask_again").orElse(null),
                fields.optString("notification").orElse(null),
                fields.optString("refused").orElse(null));
    }
}
