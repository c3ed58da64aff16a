package city.elicence.wallet.town;

import static city.elicence.wallet.town.TownServer.json;

import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jwe;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.IssuerSignedItem;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.wallet.client.RandomText;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An issuer written from OpenID4VCI 1.0, and strict: what a wallet sends wrong is refused. The fields are its choices, and
 * the tampers what a dishonest one would do.
 */
public final class TownIssuer {
    public static final String VCT = "https://types.example/driving-licence";
    public static final String MDL = "org.iso.18013.5.1.mDL";
    public static final String ISO = "org.iso.18013.5.1";
    public static final String CONFIGURATION = "driving-licence";
    private static final String PATH = "/traffic-police";

    public final TownServer server = new TownServer();
    public final Townsfolk party;
    public final SoftwareKey encryptionKey = SoftwareKey.generate();
    private final TownClock clock;

    public boolean signsMetadata = true;
    public boolean bindsTokens = true;
    public boolean wantsDpopNonce = true;
    public boolean wantsNonce = true;
    public boolean encrypts;
    public boolean refreshes;
    public boolean attestedKeys;
    /** Takes a key attestation alone, and no signed proof. */
    public boolean attestationAlone;

    public @Nullable String logo;
    /** Issues mobile documents. */
    public boolean mdoc;

    public @Nullable Object documentStatus;
    public int batchSize = 3;
    public int deferrals;
    public @Nullable String txCode;
    public List<String> identifiers = List.of();
    public Consumer<Map<String, Object>> metadataTamper = metadata -> {};
    public Consumer<Map<String, Object>> serverTamper = metadata -> {};
    public Consumer<Map<String, Object>> tokenTamper = token -> {};
    public Consumer<Map<String, Object>> claimsTamper = claims -> {};
    public Consumer<List<Object>> credentialsTamper = credentials -> {};
    public Townsfolk signer;

    private final Set<String> codes = new HashSet<>();
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, Map<String, String>> pushed = new HashMap<>();
    private final Map<String, Map<String, String>> signIns = new HashMap<>();
    private final Map<String, @Nullable String> tokens = new HashMap<>();
    private final Map<String, List<Object>> deferred = new LinkedHashMap<>();
    private final Map<String, String> byKeys = new LinkedHashMap<>();
    public final List<String> notifications = new ArrayList<>();
    public int tokensGiven;
    private String dpopNonce = "dpop-0";

    public TownIssuer(Townsfolk party, TownClock clock) {
        this.party = party;
        this.signer = party;
        this.clock = clock;
        server.at("/.well-known/openid-credential-issuer" + PATH, this::metadata);
        server.at("/.well-known/oauth-authorization-server" + PATH, call -> json(200, serverMetadata()));
        server.at(PATH + "/par", this::push);
        server.at(PATH + "/token", this::token);
        server.at(PATH + "/nonce", this::nonce);
        server.at(PATH + "/credential", call -> protectedCall(call, this::credential));
        server.at(PATH + "/deferred", call -> protectedCall(call, this::deferredCredential));
        server.at(PATH + "/notification", call -> protectedCall(call, this::notification));
    }

    public String id() {
        return server.base() + PATH;
    }

    /** How many different sets of keys licences were issued to: more than one for a licence is one too many. */
    public int issued() {
        return byKeys.size();
    }

    public Map<String, Object> offer() {
        String code = RandomText.of(16);
        codes.add(code);
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("pre-authorized_code", code);
        if (txCode != null) {
            grant.put("tx_code", new LinkedHashMap<>(Map.of("length", (long) txCode.length())));
        }
        Map<String, Object> grants = new LinkedHashMap<>();
        grants.put("urn:ietf:params:oauth:grant-type:pre-authorized_code", grant);
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("credential_issuer", id());
        offer.put("credential_configuration_ids", List.of(CONFIGURATION));
        offer.put("grants", grants);
        return offer;
    }

    public Map<String, Object> signInOffer() {
        Map<String, Object> offer = offer();
        offer.put("grants", Map.of("authorization_code", Map.of("issuer_state", "counter-7")));
        return offer;
    }

    public static String link(Map<String, Object> offer) {
        return Form.append("openid-credential-offer://", Map.of("credential_offer", Json.write(offer)));
    }

    private HttpReply metadata(HttpCall call) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("credential_issuer", id());
        metadata.put("credential_endpoint", id() + "/credential");
        metadata.put("deferred_credential_endpoint", id() + "/deferred");
        metadata.put("notification_endpoint", id() + "/notification");
        metadata.put("receipt_endpoint", id() + "/receipts");
        if (wantsNonce) {
            metadata.put("nonce_endpoint", id() + "/nonce");
        }
        if (batchSize > 1) {
            metadata.put("batch_credential_issuance", Map.of("batch_size", (long) batchSize));
        }
        if (encrypts) {
            Map<String, Object> jwk = encryptionKey.publicKey().toJwk();
            jwk.put("kid", "e1");
            jwk.put("alg", "ECDH-ES");
            metadata.put(
                    "credential_request_encryption",
                    Map.of(
                            "jwks",
                            Map.of("keys", List.of(jwk)),
                            "enc_values_supported",
                            List.of("A128GCM"),
                            "encryption_required",
                            true));
            metadata.put(
                    "credential_response_encryption",
                    Map.of(
                            "alg_values_supported",
                            List.of("ECDH-ES"),
                            "enc_values_supported",
                            List.of("A128GCM", "A256GCM"),
                            "encryption_required",
                            true));
        }
        metadata.put(
                "display", List.of(Map.of("name", "交警", "locale", "zh-CN"), Map.of("name", "Traffic", "locale", "en")));
        metadata.put(
                "credential_configurations_supported", new LinkedHashMap<>(Map.of(CONFIGURATION, configuration())));
        metadataTamper.accept(metadata);
        String accept = String.valueOf(new HttpReply(200, call.headers(), "").header("Accept"));
        if (signsMetadata && accept.contains("application/jwt")) {
            metadata.put("sub", id());
            metadata.put("iat", clock.instant().getEpochSecond());
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("typ", "openidvci-issuer-metadata+jwt");
            header.put("x5c", party.chain().toX5c());
            return TownServer.reply(200, "application/jwt", Jws.sign(header, metadata, party.key()));
        }
        return json(200, metadata);
    }

    /** As a wallet gets it that asks for signed metadata. */
    public HttpReply signedMetadata() {
        return metadata(new HttpCall("GET", URI.create(id()), Map.of("Accept", "application/jwt"), null));
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("format", mdoc ? "mso_mdoc" : "dc+sd-jwt");
        configuration.put(mdoc ? "doctype" : "vct", mdoc ? MDL : VCT);
        configuration.put("scope", "driving-licence");
        configuration.put("cryptographic_binding_methods_supported", List.of(mdoc ? "cose_key" : "jwk"));
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("proof_signing_alg_values_supported", List.of("ES256"));
        if (attestedKeys) {
            proof.put("key_attestations_required", Map.of());
        }
        configuration.put("proof_types_supported", Map.of(attestationAlone ? "attestation" : "jwt", proof));
        configuration.put(
                "credential_metadata",
                Map.of(
                        "display",
                        List.of(shown(), Map.of("name", "Driving licence", "locale", "en")),
                        "claims",
                        List.of(Map.of(
                                "path",
                                mdoc ? List.of(ISO, "family_name") : List.of("family_name"),
                                "display",
                                List.of(
                                        Map.of("name", "姓", "locale", "zh"),
                                        Map.of("name", "Name", "locale", "en"))))));
        return configuration;
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", "驾驶证");
        shown.put("locale", "zh-CN");
        shown.put("background_color", "#123456");
        if (logo != null) {
            shown.put("logo", Map.of("uri", logo));
        }
        return shown;
    }

    private Map<String, Object> serverMetadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", id());
        metadata.put("token_endpoint", id() + "/token");
        metadata.put("authorization_endpoint", id() + "/authorize");
        metadata.put("pushed_authorization_request_endpoint", id() + "/par");
        metadata.put("authorization_response_iss_parameter_supported", true);
        if (bindsTokens) {
            metadata.put("dpop_signing_alg_values_supported", List.of("ES256"));
        }
        serverTamper.accept(metadata);
        return metadata;
    }

    private HttpReply push(HttpCall call) {
        HttpReply nonce = dpopRefusal(call, "/par", null, 400);
        if (nonce != null) {
            return nonce;
        }
        Map<String, String> form = form(call);
        if (!"S256".equals(form.get("code_challenge_method")) || form.get("code_challenge") == null) {
            return error(400, "invalid_request");
        }
        String uri = "urn:ietf:params:oauth:request_uri:" + RandomText.of(8);
        pushed.put(uri, form);
        return json(201, Map.of("request_uri", uri, "expires_in", 60L));
    }

    /** The holder signs in at the page: what the browser then opens. */
    public String signIn(String page) {
        Map<String, String> query = Form.queryOf(page);
        Map<String, String> request = query == null ? null : pushed.remove(String.valueOf(query.get("request_uri")));
        if (request == null) {
            throw new IllegalStateException("no such pushed request");
        }
        String code = RandomText.of(16);
        signIns.put(code, request);
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", String.valueOf(request.get("state")));
        answer.put("iss", id());
        return Form.append(String.valueOf(request.get("redirect_uri")), answer);
    }

    private HttpReply token(HttpCall call) {
        HttpReply nonce = dpopRefusal(call, "/token", null, 400);
        if (nonce != null) {
            return nonce;
        }
        Map<String, String> form = form(call);
        String grant = String.valueOf(form.get("grant_type"));
        boolean good = switch (grant) {
            case "authorization_code" -> codeIsGood(form);
            case "refresh_token" -> "refresh-1".equals(form.get("refresh_token"));
            default ->
                codes.remove(String.valueOf(form.get("pre-authorized_code")))
                        && java.util.Objects.equals(form.get("tx_code"), txCode);
        };
        if (!good) {
            return error(400, "invalid_grant");
        }
        tokensGiven++;
        String token = RandomText.of(16);
        tokens.put(token, bindsTokens ? proofKey(call).thumbprint() : null);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token);
        body.put("token_type", bindsTokens ? "DPoP" : "Bearer");
        body.put("expires_in", 600L);
        if (refreshes) {
            body.put("refresh_token", "refresh-1");
        }
        if (!identifiers.isEmpty()) {
            body.put(
                    "authorization_details",
                    List.of(Map.of(
                            "type",
                            "openid_credential",
                            "credential_configuration_id",
                            CONFIGURATION,
                            "credential_identifiers",
                            identifiers)));
        }
        tokenTamper.accept(body);
        return json(200, body);
    }

    private boolean codeIsGood(Map<String, String> form) {
        Map<String, String> request = signIns.remove(String.valueOf(form.get("code")));
        String verifier = form.get("code_verifier");
        return request != null
                && verifier != null
                && city.elicence.wallet.client.Pkce.challengeOf(verifier).equals(request.get("code_challenge"))
                && java.util.Objects.equals(form.get("redirect_uri"), request.get("redirect_uri"));
    }

    /** All tokens have run out. */
    public void revokeTokens() {
        tokens.clear();
    }

    private HttpReply nonce(HttpCall call) {
        return freshNonce();
    }

    public HttpReply freshNonce() {
        String nonce = RandomText.of(12);
        nonces.add(nonce);
        return json(200, Map.of("c_nonce", nonce));
    }

    private interface Protected {
        HttpReply answer(Fields body) throws JsonException, JoseException;
    }

    private HttpReply protectedCall(HttpCall call, Protected action) {
        String path = call.uri().getPath().substring(PATH.length());
        String authorization = String.valueOf(new HttpReply(0, call.headers(), "").header("Authorization"));
        String token = authorization.substring(authorization.indexOf(' ') + 1);
        String key = tokens.get(token);
        if (!tokens.containsKey(token) || !authorization.startsWith(key == null ? "Bearer " : "DPoP ")) {
            return error(401, "invalid_token");
        }
        if (key != null) {
            HttpReply refusal = dpopRefusal(call, path, token, 401);
            if (refusal != null) {
                return refusal;
            }
            if (!proofKey(call).thumbprint().equals(key)) {
                return error(401, "invalid_token");
            }
        }
        try {
            String body = String.valueOf(call.body());
            if (encrypts && !path.equals("/notification")) {
                return sealed(Fields.of(Jwe.decrypt(body, encryptionKey).claims()), action);
            }
            return action.answer(Fields.parse(body));
        } catch (JsonException | JoseException e) {
            return error(400, "invalid_credential_request");
        }
    }

    private static HttpReply sealed(Fields body, Protected action) throws JsonException, JoseException {
        HttpReply open = action.answer(body);
        if (!open.ok()) {
            return open;
        }
        Fields wish = body.fields("credential_response_encryption");
        String jwe = Jwe.encrypt(
                open.body().getBytes(StandardCharsets.UTF_8),
                Map.of("enc", wish.string("enc")),
                EcPublicKey.fromJwk(wish.object("jwk")));
        return TownServer.reply(open.status(), "application/jwt", jwe);
    }

    private HttpReply credential(Fields body) throws JsonException, JoseException {
        boolean known = identifiers.isEmpty()
                ? body.string("credential_configuration_id").equals(CONFIGURATION)
                : identifiers.contains(body.string("credential_identifier"));
        if (!known) {
            return error(400, "unknown_credential_configuration");
        }
        List<EcPublicKey> keys = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (String attestation :
                body.fields("proofs").optStrings("attestation").orElse(List.of())) {
            Fields claims = Fields.of(Jws.parse(attestation).claims());
            used.add(claims.string("nonce"));
            for (Map<String, Object> jwk : claims.objects("attested_keys")) {
                keys.add(EcPublicKey.fromJwk(jwk));
            }
        }
        for (String proof : body.fields("proofs").optStrings("jwt").orElse(List.of())) {
            Jws jws = Jws.parse(proof);
            EcPublicKey key = EcPublicKey.fromJwk(Fields.of(jws.header()).object("jwk"));
            Fields claims = Fields.of(jws.claims());
            if (!jws.verifiedBy(key)
                    || !jws.type().orElse("").equals("openid4vci-proof+jwt")
                    || !claims.string("aud").equals(id())) {
                return error(400, "invalid_proof");
            }
            if (wantsNonce) {
                used.add(claims.string("nonce"));
            }
            if (attestedKeys) {
                keys.addAll(attested(jws, key));
            } else {
                keys.add(key);
            }
        }
        if (wantsNonce && !nonces.containsAll(used)) {
            return error(400, "invalid_nonce");
        }
        nonces.removeAll(used);
        return answer(keys);
    }

    /** Appendix F.1: the proof is signed by one of the keys of its attestation, and stands for all. */
    private static List<EcPublicKey> attested(Jws proof, EcPublicKey signer) throws JsonException, JoseException {
        List<EcPublicKey> keys = new ArrayList<>();
        Jws attestation = Jws.parse(Fields.of(proof.header()).string("key_attestation"));
        for (Map<String, Object> jwk : Fields.of(attestation.claims()).objects("attested_keys")) {
            keys.add(EcPublicKey.fromJwk(jwk));
        }
        if (!keys.contains(signer)) {
            throw new JsonException("expected a proof by an attested key");
        }
        return keys;
    }

    private HttpReply answer(List<EcPublicKey> keys) {
        List<Object> credentials = new ArrayList<>();
        StringBuilder thumbprints = new StringBuilder();
        for (EcPublicKey key : keys) {
            credentials.add(new LinkedHashMap<>(Map.of("credential", mdoc ? document(key) : licence(key))));
            thumbprints.append(key.thumbprint());
        }
        byKeys.put(thumbprints.toString(), "issued");
        credentialsTamper.accept(credentials);
        if (deferrals > 0) {
            String transaction = "transaction-" + deferred.size();
            deferred.put(transaction, credentials);
            return json(202, Map.of("transaction_id", transaction, "interval", 60L));
        }
        return json(200, Map.of("credentials", credentials, "notification_id", "notification-1"));
    }

    private HttpReply deferredCredential(Fields body) throws JsonException {
        String transaction = body.string("transaction_id");
        if (!deferred.containsKey(transaction)) {
            return error(400, "invalid_transaction_id");
        }
        if (--deferrals > 0) {
            return json(202, Map.of("transaction_id", transaction, "interval", 60L));
        }
        List<Object> credentials = deferred.remove(transaction);
        return json(200, Map.of("credentials", credentials == null ? List.of() : credentials));
    }

    private HttpReply notification(Fields body) throws JsonException {
        notifications.add(body.string("event"));
        return new HttpReply(204, Map.of(), "");
    }

    public String document(EcPublicKey device) {
        List<IssuerSignedItem> items = new ArrayList<>();
        Map<String, Object> elements = new LinkedHashMap<>();
        elements.put("family_name", "TESTNAME");
        elements.put("birth_date", new Tagged(Tagged.FULL_DATE, "1990-07-01"));
        elements.put("portrait", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16});
        elements.put("age_over_18", true);
        elements.forEach((name, value) ->
                items.add(IssuerSignedItem.of(items.size(), new SecureRandom().generateSeed(16), name, value)));
        return IssuerSigned.issue(
                        MDL,
                        Map.of(ISO, items),
                        device,
                        new SecurityObject.Validity(
                                clock.instant(),
                                clock.instant(),
                                clock.instant().plus(Duration.ofDays(365))),
                        documentStatus,
                        signer.key(),
                        signer.documentChain())
                .toText();
    }

    public String licence(@Nullable EcPublicKey holder) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("vct", VCT);
        claims.put("iss", id());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().plus(Duration.ofDays(365)).getEpochSecond());
        if (holder != null) {
            claims.put("cnf", Map.of("jwk", holder.toJwk()));
        }
        claims.put("family_name", "Testname-Zhao");
        claims.put("birth_date", "1990-07-01");
        claims.put("document_number", "110101199007010000");
        claims.put("vehicle_class", "C1-Test");
        claims.put("address", new LinkedHashMap<>(Map.of("district", "Chaoyang-Test", "street", "Fangcaodi-9")));
        claims.put("issuing_authority", "Traffic Police");
        claimsTamper.accept(claims);
        Frame frame = Frame.withDecoys(
                List.of(
                        ClaimPath.of("family_name"),
                        ClaimPath.of("birth_date"),
                        ClaimPath.of("document_number"),
                        ClaimPath.of("vehicle_class"),
                        ClaimPath.of("address", "district"),
                        ClaimPath.of("address", "street")),
                1);
        return SdJwtVc.issue(new SdJwtIssuer(signer.key(), new SecureRandom()), signer.chain(), claims, frame)
                .serialize();
    }

    /** RFC 9449 section 4.3: null where the proof is good. */
    private @Nullable HttpReply dpopRefusal(HttpCall call, String path, @Nullable String token, int status) {
        if (!bindsTokens) {
            return null;
        }
        try {
            Jws proof = Jws.parse(String.valueOf(new HttpReply(0, call.headers(), "").header("DPoP")));
            Fields claims = Fields.of(proof.claims());
            boolean good = proof.verifiedBy(proofKey(call))
                    && proof.type().orElse("").equals("dpop+jwt")
                    && claims.string("htm").equals("POST")
                    && claims.string("htu").equals(id() + path)
                    && (token == null || claims.has("ath"));
            if (!good) {
                return error(status, "invalid_dpop_proof");
            }
            if (wantsDpopNonce && !claims.optString("nonce").orElse("").equals(dpopNonce)) {
                dpopNonce = "dpop-" + RandomText.of(6);
                return json(
                        status,
                        Map.of("error", "use_dpop_nonce"),
                        "DPoP-Nonce",
                        dpopNonce,
                        "WWW-Authenticate",
                        "DPoP error=\"use_dpop_nonce\"");
            }
            return null;
        } catch (JoseException | JsonException e) {
            return error(status, "invalid_dpop_proof");
        }
    }

    private static EcPublicKey proofKey(HttpCall call) {
        try {
            Jws proof = Jws.parse(String.valueOf(new HttpReply(0, call.headers(), "").header("DPoP")));
            return EcPublicKey.fromJwk(Fields.of(proof.header()).object("jwk"));
        } catch (JoseException | JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(HttpCall call) {
        Map<String, String> form = Form.decode(String.valueOf(call.body()));
        if (form == null) {
            throw new IllegalStateException("not a form");
        }
        return form;
    }

    private static HttpReply error(int status, String code) {
        return json(status, Map.of("error", code));
    }
}
