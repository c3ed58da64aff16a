package city.elicence.issuer.token;

import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request, checked at the door (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9126 §2.1, OpenID4VCI 1.0 §5.1).
 *
 * @param types credential configurations asked for
 * @param identified whether they were asked for by {@code authorization_details}
 * @param state to be returned as it came, or null
 * @param issuerState from an offer, or null
 */
record PushedRequest(
        String clientId,
        String redirectUri,
        String codeChallenge,
        List<String> types,
        boolean identified,
        @Nullable String state,
        @Nullable String issuerState) {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[::1]");
    private static final Set<String> NEVER = Set.of("javascript", "data", "file", "blob", "about", "vbscript");

    PushedRequest {
        types = List.copyOf(types);
    }

    static PushedRequest read(Map<String, String> form, String clientId, String issuer, Set<String> known) {
        if (form.containsKey("request_uri") || form.containsKey("request")) {
            throw bad("expected the parameters themselves, without request and request_uri");
        }
        if (!"code".equals(form.get("response_type"))) {
            throw Refused.grant(GrantCode.UNSUPPORTED_RESPONSE_TYPE, "response_type: expected code");
        }
        if (!clientId.equals(form.get("client_id"))) {
            throw bad("client_id: expected");
        }
        if (!"query".equals(form.getOrDefault("response_mode", "query"))) {
            // A wallet that wants its answer signed, or posted, is told that it would come in the query.
            throw bad("response_mode: expected query, or none");
        }
        String challenge = form.getOrDefault("code_challenge", "");
        if (!"S256".equals(form.get("code_challenge_method"))
                || !CHALLENGE.matcher(challenge).matches()) {
            throw bad("code_challenge: expected one made by S256");
        }
        String redirect = form.getOrDefault("redirect_uri", "");
        checkRedirect(redirect);
        String details = form.get("authorization_details");
        Set<String> types = new LinkedHashSet<>();
        if (details != null) {
            types.addAll(RequestedLicences.in(details, issuer));
            if (!known.containsAll(types)) {
                throw Refused.grant(
                        GrantCode.INVALID_AUTHORIZATION_DETAILS,
                        "authorization_details: expected credential configurations of this issuer");
            }
        }
        // OpenID4VCI 1.0 §5.1.2: unknown scope values are ignored.
        Arrays.stream(form.getOrDefault("scope", "").split(" "))
                .filter(known::contains)
                .forEach(types::add);
        if (types.isEmpty()) {
            throw Refused.grant(GrantCode.INVALID_SCOPE, "scope: expected at least one from this issuer's metadata");
        }
        return new PushedRequest(
                clientId,
                redirect,
                challenge,
                List.copyOf(types),
                details != null,
                form.get("state"),
                form.get("issuer_state"));
    }

    /** RFC 9126 §2.4: an authenticated client may push an address of its own; it must be one that a browser may be sent to. */
    private static void checkRedirect(String redirect) {
        try {
            URI uri = new URI(redirect);
            String scheme = uri.getScheme();
            if (scheme == null
                    || uri.getRawFragment() != null
                    || NEVER.contains(scheme.toLowerCase(java.util.Locale.ROOT))) {
                throw bad("redirect_uri: expected an absolute address without a fragment");
            }
            if (scheme.equalsIgnoreCase("http")
                    && (uri.getHost() == null
                            || !LOOPBACK.matcher(uri.getHost()).matches())) {
                throw bad("redirect_uri: expected https, an app's own scheme, or a loopback address");
            }
        } catch (URISyntaxException malformed) {
            throw bad("redirect_uri: expected an absolute address without a fragment");
        }
    }

    private static Refused bad(String text) {
        return Refused.grant(GrantCode.INVALID_REQUEST, text);
    }
}
