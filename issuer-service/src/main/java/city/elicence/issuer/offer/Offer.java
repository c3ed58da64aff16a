package city.elicence.issuer.offer;

import city.elicence.credentials.json.Json;
import city.elicence.issuer.refusal.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An offer as it was made, for the clerk who made it.
 *
 * @param id unguessable; last step of the offer's own address
 * @param licences credential identifiers, in the order ordered
 * @param object the Credential Offer object (OpenID4VCI 1.0 §4.1.1)
 * @param address where the object can be fetched
 * @param txCode to be told to the citizen by another way, shown once; null when there is none
 * @param warnings fields that are odd but were taken
 */
public record Offer(
        String id,
        List<String> licences,
        Map<String, Object> object,
        String address,
        @Nullable String txCode,
        Instant expiresAt,
        List<Problem.Field> warnings) {
    private static final String SCHEME = "openid-credential-offer://?";

    public Offer {
        licences = List.copyOf(licences);
        warnings = List.copyOf(warnings);
    }

    /** The link a QR code carries (OpenID4VCI 1.0 §4.1.3). */
    public String linkByReference() {
        return SCHEME + "credential_offer_uri=" + encoded(address);
    }

    /** The link that carries the whole object (OpenID4VCI 1.0 §4.1.2). */
    public String linkByValue() {
        return SCHEME + "credential_offer=" + encoded(Json.write(object));
    }

    /** The link for an offer that is fetched from an address. */
    public static String linkTo(String address) {
        return SCHEME + "credential_offer_uri=" + encoded(address);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
