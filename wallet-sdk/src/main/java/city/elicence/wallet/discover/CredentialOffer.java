package city.elicence.wallet.discover;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.http.SafeUri;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential offer, OpenID4VCI section 4.1.1.
 *
 * @param issuer the Credential Issuer Identifier, compared as text and never normalised
 * @param preAuthorised null where the offer has no such grant
 * @param signIn null where the offer has no such grant
 */
public record CredentialOffer(
        String issuer,
        List<String> configurationIds,
        @Nullable PreAuthorised preAuthorised,
        @Nullable SignIn signIn) {
    public static final String PRE_AUTHORISED_GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    public static final String SIGN_IN_GRANT = "authorization_code";
    private static final int MOST_CONFIGURATIONS = 32;

    public CredentialOffer {
        configurationIds = List.copyOf(configurationIds);
    }

    /** The pre-authorised code grant. */
    public record PreAuthorised(
            String code,
            @Nullable TxCodeTerms txCode,
            @Nullable String authorizationServer) {}

    /** What {@code tx_code} says of the code; an empty object asks for one too. */
    public record TxCodeTerms(
            boolean numeric,
            @Nullable Integer length,
            @Nullable String description) {}

    /** The authorization code grant. */
    public record SignIn(
            @Nullable String issuerState, @Nullable String authorizationServer) {}

    public static CredentialOffer parse(String json) throws JsonException {
        Fields offer = Fields.of(Json.parseObject(json));
        String issuer = offer.string("credential_issuer");
        URI uri = SafeUri.of(issuer);
        if (uri == null || uri.getRawQuery() != null) {
            throw new JsonException("credential_issuer: expected an https address with no query and no fragment");
        }
        List<String> ids = offer.strings("credential_configuration_ids");
        if (ids.isEmpty() || ids.size() > MOST_CONFIGURATIONS || new HashSet<>(ids).size() != ids.size()) {
            throw new JsonException("credential_configuration_ids: expected 1 to " + MOST_CONFIGURATIONS + ", unique");
        }
        Optional<Map<String, Object>> grants = offer.optObject("grants");
        if (!grants.isPresent() || grants.get().isEmpty()) {
            return new CredentialOffer(issuer, ids, null, null);
        }
        Fields grant = Fields.of(grants.get());
        return new CredentialOffer(
                issuer,
                ids,
                grant.has(PRE_AUTHORISED_GRANT) ? preAuthorised(grant.fields(PRE_AUTHORISED_GRANT)) : null,
                grant.has(SIGN_IN_GRANT) ? signIn(grant.fields(SIGN_IN_GRANT)) : null);
    }

    private static PreAuthorised preAuthorised(Fields grant) throws JsonException {
        TxCodeTerms terms = null;
        if (grant.has("tx_code")) {
            Fields txCode = grant.fields("tx_code");
            long length = txCode.optLong("length").orElse(0);
            if (length < 0 || length > 64) {
                throw new JsonException("tx_code.length: expected 1 to 64");
            }
            terms = new TxCodeTerms(
                    !txCode.optString("input_mode").orElse("numeric").equals("text"),
                    length == 0 ? null : (int) length,
                    txCode.optString("description").orElse(null));
        }
        return new PreAuthorised(
                grant.string("pre-authorized_code"),
                terms,
                grant.optString("authorization_server").orElse(null));
    }

    private static SignIn signIn(Fields grant) throws JsonException {
        return new SignIn(
                grant.optString("issuer_state").orElse(null),
                grant.optString("authorization_server").orElse(null));
    }

    /** The authorization server that the chosen grant names, or null. */
    public @Nullable String authorizationServer() {
        if (preAuthorised != null) {
            return preAuthorised.authorizationServer();
        }
        return signIn == null ? null : signIn.authorizationServer();
    }

    /** The grant type that this wallet uses for it: the pre-authorised code where there is one. */
    public String grant() {
        return preAuthorised != null ? PRE_AUTHORISED_GRANT : SIGN_IN_GRANT;
    }
}
