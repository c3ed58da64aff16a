package city.elicence.issuer.issue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a credential or deferred credential request is answered with (OpenID4VCI 1.0 §8.3, §9.2). */
public sealed interface CredentialReply {
    /** The credentials, and the name by which the wallet tells us what became of them. */
    record Issued(List<String> credentials, String notificationId) implements CredentialReply {
        public Issued {
            credentials = List.copyOf(credentials);
        }
    }

    /** Not yet. */
    record Later(String transactionId, Duration interval) implements CredentialReply {}

    default int status() {
        return switch (this) {
            case Issued ignored -> 200;
            case Later ignored -> 202;
        };
    }

    default Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (this) {
            case Issued(List<String> credentials, String notificationId) -> {
                json.put(
                        "credentials",
                        credentials.stream().map(c -> Map.of("credential", c)).toList());
                json.put("notification_id", notificationId);
            }
            case Later(String transactionId, Duration interval) -> {
                json.put("transaction_id", transactionId);
                json.put("interval", interval.toSeconds());
            }
        }
        return json;
    }
}
