package city.elicence.wallet.receive;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.client.AccessToken;
import city.elicence.wallet.client.ProvenExchange;
import city.elicence.wallet.discover.Encryption;
import city.elicence.wallet.discover.IssuerMetadata;
import city.elicence.wallet.http.OAuthError;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nonce, credential, deferred credential and notification endpoints: OpenID4VCI sections 7 to 11. */
final class CredentialStep {
    private static final int MOST_CREDENTIALS = 100;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private final Proofs proofs;

    CredentialStep(Proofs proofs) {
        this.proofs = proofs;
    }

    /** What the issuer answered. */
    sealed interface Answer {
        record Issued(List<String> credentials, @Nullable String notificationId) implements Answer {}

        record Deferred(String transactionId, Duration askAgainAfter) implements Answer {}

        /** The token is not good any more. */
        record TokenRefused(String detail) implements Answer {}

        /** Nothing will come of asking this way again. */
        record Refused(OAuthError error) implements Answer {}
    }

    /** Section 8.2. Asked again after a crash it is the same request, but for the nonce. */
    Answer request(Reception reception, int position, AccessToken token, ProvenExchange proven)
            throws RefusedException {
        IssuerMetadata issuer = reception.offering().metadata();
        Order order = reception.orders().get(position);
        Answer answer = ask(issuer, request(reception, position, order, proven), token, proven);
        if (answer instanceof Answer.Refused refused && refused.error().code().equals("invalid_nonce")) {
            // Section 8.3.1.2: get a new nonce and try again; once.
            answer = ask(issuer, request(reception, position, order, proven), token, proven);
        }
        return answer;
    }

    private Map<String, Object> request(Reception reception, int position, Order order, ProvenExchange proven)
            throws RefusedException {
        Map<String, Object> request = new LinkedHashMap<>();
        String identifier = order.credentialIdentifier();
        if (identifier != null) {
            request.put("credential_identifier", identifier);
        } else {
            request.put("credential_configuration_id", order.configurationId());
        }
        String nonce = nonce(reception.offering().metadata(), proven);
        Map<String, Object> proof = proofs.of(reception, position, nonce);
        if (!proof.isEmpty()) {
            request.put("proofs", proof);
        }
        return request;
    }

    private Answer ask(IssuerMetadata issuer, Map<String, Object> request, AccessToken token, ProvenExchange proven)
            throws RefusedException {
        return send(issuer, issuer.credentialEndpoint(), request, token, proven);
    }

    /** Section 9.1. */
    Answer deferred(IssuerMetadata issuer, String transactionId, AccessToken token, ProvenExchange proven)
            throws RefusedException {
        URI endpoint = issuer.deferredEndpoint();
        if (endpoint == null) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "deferred_credential_endpoint: expected");
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("transaction_id", transactionId);
        return send(issuer, endpoint, request, token, proven);
    }

    /** Section 11.1. It helps the issuer, and what it answers changes nothing here. */
    void notify(Reception reception, String notificationId, String event, AccessToken token, ProvenExchange proven) {
        URI endpoint = reception.offering().metadata().notificationEndpoint();
        if (endpoint == null) {
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("notification_id", notificationId);
        body.put("event", event);
        try {
            proven.toResource(endpoint, "application/json", Json.write(body), token);
        } catch (RefusedException e) {
            // Section 11: there is no guarantee that an issuer receives it.
            return;
        }
    }

    /** Section 7. Null where the issuer wants none. */
    private @Nullable String nonce(IssuerMetadata issuer, ProvenExchange proven) throws RefusedException {
        URI endpoint = issuer.nonceEndpoint();
        if (endpoint == null) {
            return null;
        }
        HttpReply reply = proven.bare(endpoint);
        if (!reply.ok()) {
            throw new RefusedException(Reason.ISSUER_REFUSED, "nonce endpoint: " + OAuthError.of(reply));
        }
        try {
            return Fields.parse(reply.body()).string("c_nonce");
        } catch (JsonException e) {
            throw new RefusedException(Reason.ISSUER_METADATA_INVALID, "nonce response: " + e.getMessage());
        }
    }

    /** Section 10: a response is encrypted where that is required, and then the request too, where that is possible. */
    private static Answer send(
            IssuerMetadata issuer, URI endpoint, Map<String, Object> request, AccessToken token, ProvenExchange proven)
            throws RefusedException {
        Encryption encryption = issuer.encryption();
        SoftwareKey responseKey = null;
        if (encryption.responseRequired()) {
            responseKey = SoftwareKey.generate();
            Map<String, Object> jwk = responseKey.publicKey().toJwk();
            jwk.put("alg", "ECDH-ES");
            jwk.put("use", "enc");
            Map<String, Object> wish = new LinkedHashMap<>();
            wish.put("jwk", jwk);
            wish.put("enc", String.valueOf(encryption.responseEnc()));
            request.put("credential_response_encryption", wish);
        }
        String body = Json.write(request);
        String mediaType = "application/json";
        EcPublicKey requestKey = encryption.requestKey();
        if (requestKey != null
                && encryption.canEncryptRequests()
                && (encryption.requestRequired() || responseKey != null)) {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("enc", String.valueOf(encryption.requestEnc()));
            header.put("kid", String.valueOf(encryption.requestKeyId()));
            body = Jwe.encrypt(body.getBytes(StandardCharsets.UTF_8), header, requestKey);
            mediaType = "application/jwt";
        }
        return answer(proven.toResource(endpoint, mediaType, body, token), responseKey);
    }

    private static Answer answer(HttpReply reply, @Nullable SoftwareKey responseKey) throws RefusedException {
        if (reply.status() == 401) {
            return new Answer.TokenRefused("credential endpoint: " + OAuthError.of(reply));
        }
        if (!reply.ok()) {
            OAuthError error = OAuthError.of(reply);
            return error.code().equals("issuance_pending")
                    ? new Answer.Deferred("", LEAST_WAIT)
                    : new Answer.Refused(error);
        }
        try {
            Fields body = Fields.of(responseKey == null ? Json.parseObject(reply.body()) : opened(reply, responseKey));
            return body.has("credentials") ? issued(body) : deferred(body);
        } catch (JsonException | JoseException e) {
            throw new RefusedException(Reason.LICENCE_UNREADABLE, "credential response: " + e.getMessage());
        }
    }

    private static Map<String, Object> opened(HttpReply reply, SoftwareKey key) throws JoseException {
        // What had to be encrypted and is not cannot be decrypted, and so is rejected as section 10 wants it.
        return Jwe.decrypt(reply.body().trim(), key).claims();
    }

    private static Answer issued(Fields body) throws JsonException {
        List<String> credentials = new ArrayList<>();
        for (Map<String, Object> entry : body.objects("credentials")) {
            credentials.add(Fields.of(entry).string("credential"));
        }
        if (credentials.isEmpty() || credentials.size() > MOST_CREDENTIALS) {
            throw new JsonException("credentials: expected 1 to " + MOST_CREDENTIALS);
        }
        return new Answer.Issued(credentials, body.optString("notification_id").orElse(null));
    }

    private static Answer deferred(Fields body) throws JsonException {
        Duration wait = Duration.ofSeconds(body.optLong("interval").orElse(5));
        wait = wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new Answer.Deferred(body.string("transaction_id"), wait);
    }
}
