package city.elicence.wallet.discover;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Credential issuer metadata, OpenID4VCI section 12.2.4: what a wallet needs of it.
 *
 * @param receiptEndpoint an extension of this project, null at every other issuer
 */
public record IssuerMetadata(
        String issuer,
        Words name,
        List<String> authorizationServers,
        URI credentialEndpoint,
        @Nullable URI nonceEndpoint,
        @Nullable URI deferredEndpoint,
        @Nullable URI notificationEndpoint,
        @Nullable URI receiptEndpoint,
        int batchSize,
        Encryption encryption,
        Map<String, Configuration> configurations) {
    public IssuerMetadata {
        authorizationServers = List.copyOf(authorizationServers);
        configurations = Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
    }

    /** The identifier must be, character by character, the one into which the well-known string was inserted. */
    static IssuerMetadata read(Map<String, Object> metadata, String expectedIssuer) throws JsonException {
        Fields fields = Fields.of(metadata);
        if (!fields.string("credential_issuer").equals(expectedIssuer)) {
            throw new JsonException("credential_issuer: expected the identifier of the offer");
        }
        URI credentials = AuthorizationServer.endpoint(fields, "credential_endpoint");
        if (credentials == null) {
            throw new JsonException("credential_endpoint: expected an address");
        }
        return new IssuerMetadata(
                expectedIssuer,
                Display.name(fields.objects("display"), expectedIssuer),
                fields.optStrings("authorization_servers").orElse(List.of()),
                credentials,
                AuthorizationServer.endpoint(fields, "nonce_endpoint"),
                AuthorizationServer.endpoint(fields, "deferred_credential_endpoint"),
                AuthorizationServer.endpoint(fields, "notification_endpoint"),
                AuthorizationServer.endpoint(fields, "receipt_endpoint"),
                batchSize(fields),
                Encryption.read(fields),
                configurations(fields.fields("credential_configurations_supported")));
    }

    private static int batchSize(Fields fields) throws JsonException {
        if (!fields.has("batch_credential_issuance")) {
            return 1;
        }
        long size = fields.fields("batch_credential_issuance").longValue("batch_size");
        if (size < 2) {
            throw new JsonException("batch_size: expected 2 or more");
        }
        return (int) Math.min(size, 100);
    }

    /** A configuration that cannot be read is left out: other wallets may know what it means. */
    private static Map<String, Configuration> configurations(Fields supported) {
        Map<String, Configuration> readable = new LinkedHashMap<>();
        for (String id : supported.map().keySet()) {
            Configuration configuration = readable(id, supported);
            if (configuration != null) {
                readable.put(id, configuration);
            }
        }
        return readable;
    }

    private static @Nullable Configuration readable(String id, Fields supported) {
        try {
            return Configuration.read(id, supported.fields(id));
        } catch (JsonException e) {
            return null;
        }
    }
}
