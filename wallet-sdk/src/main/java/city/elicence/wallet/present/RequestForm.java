package city.elicence.wallet.present;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.discover.Encryption;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, held to the text: OpenID4VP sections 5 and 8. */
final class RequestForm {
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9._~-]{1,512}");
    private static final String STATIC_AUDIENCE = "https://self-issued.me/v2";
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** ES256 and ESP256 (RFC 9053, RFC 9864). */
    private static final List<Long> COSE_ES256 = List.of(-7L, -9L);

    private RequestForm() {}

    /** Where the answer goes; with it, even a refusal can be told. Null where there is no address that may be used. */
    static Request.@Nullable ReturnAddress returnAddress(RequestText.Received received, ClientProof.Bound bound) {
        Map<String, Object> parameters = received.parameters();
        Object named = parameters.get("response_uri");
        // Section 5.9.3: with the prefix redirect_uri the response_uri may be left out.
        URI uri = SafeUri.of(named instanceof String text ? text : bound.address());
        if (uri == null || !bound.allows(uri)) {
            return null;
        }
        String state = parameters.get("state") instanceof String text ? text : null;
        try {
            boolean encrypted = "direct_post.jwt".equals(parameters.get("response_mode"));
            return new Request.ReturnAddress(uri, state, encrypted ? recipient(Fields.of(parameters)) : null);
        } catch (JsonException | RefusedException e) {
            return new Request.ReturnAddress(uri, state, null);
        }
    }

    static Request read(
            RequestText.Received received,
            ClientProof.Bound bound,
            Set<String> transactionTypes,
            Suites suites,
            Instant now)
            throws RefusedException {
        Fields fields = Fields.of(received.parameters());
        try {
            requireCurrent(fields, received, now);
            require(fields.string("response_type").equals("vp_token"), "response_type: expected vp_token");
            String mode = fields.string("response_mode");
            require(
                    mode.equals("direct_post") || mode.equals("direct_post.jwt"),
                    "response_mode: expected direct_post or direct_post.jwt");
            // Section 8.2: not beside a response_uri.
            require(!fields.has("redirect_uri"), "redirect_uri: expected none with " + mode);
            String nonce = fields.string("nonce");
            require(NONCE.matcher(nonce).matches(), "nonce: expected ASCII URL safe characters");
            require(!fields.has("scope"), "scope: expected none, but dcql_query");
            DcqlQuery query = DcqlQuery.parse(fields.object("dcql_query"));
            Request.Algorithms algorithms = algorithms(fields);
            requireFormats(fields, query, algorithms.haveOneOf(suites));
            return new Request(
                    received.clientId(),
                    nonce,
                    address(fields, bound, mode),
                    query,
                    algorithms,
                    TransactionData.read(fields, query, transactionTypes));
        } catch (JsonException e) {
            throw new RefusedException(Reason.REQUEST_UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static Request.ReturnAddress address(Fields fields, ClientProof.Bound bound, String mode)
            throws JsonException, RefusedException {
        String named = fields.optString("response_uri").orElse(bound.address());
        URI uri = SafeUri.of(named);
        if (uri == null) {
            throw new JsonException("response_uri: expected an https address");
        }
        if (!bound.allows(uri)) {
            throw new RefusedException(Reason.RESPONSE_ELSEWHERE, "response_uri: expected what client_id binds");
        }
        return new Request.ReturnAddress(
                uri, fields.optString("state").orElse(null), mode.equals("direct_post.jwt") ? recipient(fields) : null);
    }

    /** Sections 5.1 and 8.3: a P-256 key for ECDH-ES; {@code enc} is A128GCM where nothing is said. */
    private static Request.Recipient recipient(Fields fields) throws JsonException, RefusedException {
        Fields metadata = Fields.of(fields.optObject("client_metadata").orElse(Map.of()));
        String enc = Encryption.preferredEnc(
                metadata.optStrings("encrypted_response_enc_values_supported").orElse(List.of("A128GCM")));
        if (enc != null && metadata.has("jwks")) {
            for (Map<String, Object> jwk : metadata.fields("jwks").objects("keys")) {
                Object use = jwk.get("use");
                if ("ECDH-ES".equals(jwk.get("alg")) && (use == null || use.equals("enc"))) {
                    EcPublicKey key = readable(jwk);
                    if (key != null) {
                        return new Request.Recipient(key, jwk.get("kid") instanceof String kid ? kid : null, enc);
                    }
                }
            }
        }
        throw new RefusedException(
                Reason.RESPONSE_NOT_ENCRYPTABLE, "client_metadata: expected a P-256 key for ECDH-ES with AES-GCM");
    }

    /** Null for a key of a kind that this wallet does not use. */
    private static @Nullable EcPublicKey readable(Map<String, Object> jwk) {
        try {
            return EcPublicKey.fromJwk(jwk);
        } catch (JoseException e) {
            return null;
        }
    }

    /** Section 5.8 and RFC 7519; {@code iss} is ignored, as section 5 wants it. */
    private static void requireCurrent(Fields fields, RequestText.Received received, Instant now)
            throws JsonException, RefusedException {
        if (received.signed() == null) {
            return;
        }
        if (fields.has("aud")) {
            String audience = fields.string("aud");
            // Credo writes the address that the request is fetched from: meant for whoever fetches it, which is here.
            require(
                    audience.equals(STATIC_AUDIENCE) || audience.equals(received.fetchedFrom()),
                    "aud: expected " + STATIC_AUDIENCE);
        }
        boolean expired = fields.optInstant("exp").orElse(Instant.MAX).isBefore(now.minus(SKEW));
        boolean early = fields.optInstant("nbf").orElse(Instant.MIN).isAfter(now.plus(SKEW))
                || fields.optInstant("iat").orElse(Instant.MIN).isAfter(now.plus(SKEW));
        if (expired || early) {
            throw new RefusedException(Reason.REQUEST_EXPIRED, "expected a request that is in force");
        }
    }

    /** Annex B.3.4, as far as the verifier says it. */
    private static Request.Algorithms algorithms(Fields fields) throws JsonException {
        Fields metadata = Fields.of(fields.optObject("client_metadata").orElse(Map.of()));
        Fields formats = Fields.of(metadata.optObject("vp_formats_supported").orElse(Map.of()));
        Fields sdJwt =
                Fields.of(formats.optObject(Format.SD_JWT_VC.identifier()).orElse(Map.of()));
        return new Request.Algorithms(
                sdJwt.optStrings("sd-jwt_alg_values").orElse(null),
                sdJwt.optStrings("kb-jwt_alg_values").orElse(null));
    }

    /** Section 11.1: where the verifier lists formats, those that it asks for must be among them, by an algorithm of ours. */
    private static void requireFormats(Fields fields, DcqlQuery query, boolean sdJwtUsable)
            throws JsonException, RefusedException {
        Fields metadata = Fields.of(fields.optObject("client_metadata").orElse(Map.of()));
        boolean usable = false;
        for (CredentialQuery asked : query.credentials()) {
            Format format = Format.identifiedBy(asked.format()).orElse(null);
            usable |= format != null
                    && (!metadata.has("vp_formats_supported")
                            || isUsable(metadata.fields("vp_formats_supported"), format, sdJwtUsable));
        }
        if (!usable) {
            throw new RefusedException(
                    Reason.FORMAT_NOT_SUPPORTED,
                    "vp_formats_supported: expected dc+sd-jwt or mso_mdoc, by an algorithm of this wallet");
        }
    }

    private static boolean isUsable(Fields formats, Format format, boolean sdJwtUsable) throws JsonException {
        if (!formats.has(format.identifier())) {
            return false;
        }
        Fields algorithms = formats.fields(format.identifier());
        return switch (format) {
            case SD_JWT_VC -> sdJwtUsable;
            case MDOC ->
                hasCoseEs256(algorithms, "issuerauth_alg_values") && hasCoseEs256(algorithms, "deviceauth_alg_values");
        };
    }

    private static boolean hasCoseEs256(Fields algorithms, String name) throws JsonException {
        return !algorithms.has(name) || algorithms.list(name).stream().anyMatch(COSE_ES256::contains);
    }

    private static void require(boolean holds, String expectation) throws JsonException {
        if (!holds) {
            throw new JsonException(expectation);
        }
    }
}
