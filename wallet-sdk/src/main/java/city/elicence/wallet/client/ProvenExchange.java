package city.elicence.wallet.client;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.discover.AuthorizationServer;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.OAuthError;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.WalletProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests in which the wallet proves itself: DPoP at every endpoint, with whatever nonce the other side last gave
 * (RFC 9449 section 8), and the wallet attestation at an authorization server.
 */
public final class ProvenExchange {
    private static final String CHALLENGE = "OAuth-Client-Attestation-Challenge";

    private final Exchange exchange;
    private final SigningKey key;
    private final Clock clock;
    private final String clientId;
    private final @Nullable WalletProvider provider;
    private @Nullable String challenge;

    public ProvenExchange(
            Exchange exchange, SigningKey key, Clock clock, String clientId, @Nullable WalletProvider provider) {
        this.exchange = exchange;
        this.key = key;
        this.clock = clock;
        this.clientId = clientId;
        this.provider = provider;
    }

    /** A form to an authorization server: pushed requests, tokens. */
    public HttpReply toAuthorizationServer(AuthorizationServer server, URI endpoint, Map<String, String> form)
            throws RefusedException {
        HttpReply reply = exchange.postForm(endpoint, form, proofs(server, endpoint));
        learn(reply);
        String error = reply.ok() ? "" : OAuthError.of(reply).code();
        if (error.equals("use_dpop_nonce") || error.equals("use_attestation_challenge")) {
            reply = exchange.postForm(endpoint, form, proofs(server, endpoint));
            learn(reply);
        }
        return reply;
    }

    /** A request with a token: credential, deferred and notification endpoints. */
    public HttpReply toResource(URI endpoint, String mediaType, String body, AccessToken token)
            throws RefusedException {
        HttpReply reply = exchange.post(endpoint, mediaType, body, authorization(endpoint, token));
        learn(reply);
        if (token.dpop() && reply.status() == 401 && asksForNonce(reply)) {
            reply = exchange.post(endpoint, mediaType, body, authorization(endpoint, token));
            learn(reply);
        }
        return reply;
    }

    /** A request that proves nothing and has nothing to say: the nonce and challenge endpoints. */
    public HttpReply bare(URI endpoint) throws RefusedException {
        return exchange.post(endpoint, null, "", Map.of());
    }

    private void learn(HttpReply reply) {
        String fresh = reply.header(CHALLENGE);
        if (fresh != null) {
            challenge = fresh;
        }
    }

    /**
     * Attestation-Based Client Authentication (draft 07) section 8: where there is a challenge endpoint, a challenge is had from it before
     * the first proof of possession; from then on the server brings each fresh one with its answers.
     */
    private void fetchChallenge(URI endpoint) throws RefusedException {
        HttpReply reply = bare(endpoint);
        if (!reply.ok()) {
            throw new RefusedException(Reason.ISSUER_REFUSED, "challenge endpoint: " + OAuthError.of(reply));
        }
        try {
            challenge = Fields.parse(reply.body()).string("attestation_challenge");
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "challenge response: " + e.getMessage());
        }
    }

    private static boolean asksForNonce(HttpReply reply) {
        String asked = reply.header("WWW-Authenticate");
        return (asked != null && asked.contains("use_dpop_nonce"))
                || OAuthError.of(reply).code().equals("use_dpop_nonce");
    }

    private Map<String, String> authorization(URI endpoint, AccessToken token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", (token.dpop() ? "DPoP " : "Bearer ") + token.value());
        if (token.dpop()) {
            headers.put("DPoP", dpop(endpoint, token.value()));
        }
        return headers;
    }

    private Map<String, String> proofs(AuthorizationServer server, URI endpoint) throws RefusedException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (server.takesDpop()) {
            headers.put("DPoP", dpop(endpoint, null));
        }
        if (server.attestation() && provider != null) {
            try {
                headers.put("OAuth-Client-Attestation", provider.walletAttestation(key.publicKey(), server.issuer()));
            } catch (IOException e) {
                throw new RefusedException(Reason.NETWORK, "no attestation from the wallet provider");
            }
            URI challenges = server.challengeEndpoint();
            if (challenge == null && challenges != null) {
                fetchChallenge(challenges);
            }
            headers.put("OAuth-Client-Attestation-PoP", possession(server.issuer()));
        }
        return headers;
    }

    private String dpop(URI endpoint, @Nullable String accessToken) {
        return DpopProof.of(key, "POST", endpoint, clock.instant(), exchange.dpopNonce(endpoint), accessToken);
    }

    /** OAuth 2.0 Attestation-Based Client Authentication, section 5.2. */
    private String possession(String audience) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("aud", audience);
        claims.put("jti", RandomText.of(16));
        claims.put("iat", clock.instant().getEpochSecond());
        if (challenge != null) {
            claims.put("challenge", challenge);
        }
        return Jws.sign(Map.of("typ", "oauth-client-attestation-pop+jwt"), claims, key);
    }
}
