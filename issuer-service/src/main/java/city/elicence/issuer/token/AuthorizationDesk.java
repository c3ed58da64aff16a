package city.elicence.issuer.token;

import city.elicence.credentials.json.Json;
import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.client.Client;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From a pushed authorization request, by a citizen's sign-in, to an authorization code (RFC 9126, RFC 6749 §4.1, RFC 9207). */
public final class AuthorizationDesk {
    private static final String URN = "urn:ietf:params:oauth:request_uri:";
    private static final Duration REQUEST_LIFE = Duration.ofMinutes(10);
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);

    private final Store store;
    private final TypeShelf types;
    private final Addresses addresses;
    private final Entitlements entitlements;

    public AuthorizationDesk(Store store, Vault vault, TypeShelf types, Addresses addresses) {
        this.store = store;
        this.types = types;
        this.addresses = addresses;
        this.entitlements = new Entitlements(vault, types);
    }

    /** A pushed request's answer (RFC 9126 §2.2). */
    public record Pushed(String requestUri, Duration life) {}

    /** An authorization request in a browser, for the page that shows it. */
    public record Opened(String clientId, List<String> types) {
        public Opened {
            types = List.copyOf(types);
        }
    }

    /** Takes a request from a client that has proved who it is (HAIP 1.0 §4.4). */
    public Pushed push(Tenant tenant, Client client, Map<String, String> form, @Nullable String dpopKey, Instant now) {
        if (!(client instanceof Client.Authenticated(String id, Client.Method ignored, String instance))) {
            throw Refused.grant(
                    GrantCode.INVALID_CLIENT,
                    "expected client authentication: a wallet attestation, private_key_jwt or a certificate");
        }
        Set<String> known =
                types.issuedBy(tenant.roles()).stream().map(t -> t.id()).collect(Collectors.toSet());
        PushedRequest request = PushedRequest.read(form, id, addresses.issuer(tenant.id()), known);
        String announced = form.get("dpop_jkt");
        if (announced != null && dpopKey != null && !announced.equals(dpopKey)) {
            throw Refused.grant(GrantCode.INVALID_DPOP_PROOF, "dpop_jkt: expected the key of the DPoP proof");
        }
        Secret reference = Secret.fresh();
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("code_challenge", request.codeChallenge());
        kept.put("types", request.types());
        kept.put("identified", request.identified());
        Optional.ofNullable(request.state()).ifPresent(state -> kept.put("state", state));
        Optional.ofNullable(request.issuerState()).ifPresent(state -> kept.put("issuer_state", state));
        store.direct()
                .change(
                        """
                        insert into pushed_request (request_uri, tenant, client_id, redirect_uri, parameters, dpop_jkt, expires_at)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        reference.digest(),
                        tenant.id(),
                        id,
                        request.redirectUri(),
                        Json.write(kept),
                        dpopKey == null ? announced : dpopKey,
                        now.plus(REQUEST_LIFE));
        return new Pushed(URN + reference.text(), REQUEST_LIFE);
    }

    /** Opens a request in a browser, which from then on is the only one that may finish it. */
    public Opened open(Tenant tenant, String clientId, String requestUri, Secret browser, Instant now) {
        Row row = store.direct()
                .one("""
                    update pushed_request set browser = $5
                    where request_uri = $1 and tenant = $2 and client_id = $3 and expires_at > $4 and used_at is null
                    returning parameters
                    """, reference(requestUri), tenant.id(), clientId, now, browser.digest())
                .orElseThrow(AuthorizationDesk::unknown);
        return new Opened(clientId, Pending.read(row.getString("parameters")).types());
    }

    /** The request that this browser opened, to show it again. */
    public Opened opened(Tenant tenant, String requestUri, Secret browser, Instant now) {
        Row row = pending(store.direct(), tenant, requestUri, browser, now);
        return new Opened(
                row.getString("client_id"),
                Pending.read(row.getString("parameters")).types());
    }

    /** Where the browser goes next: back to the wallet, with a code or with {@code access_denied}, and always {@code iss}. */
    public String finish(Tenant tenant, String requestUri, Secret browser, Optional<Citizen> citizen, Instant now) {
        return store.transaction(rows -> {
            Row row = pending(rows, tenant, requestUri, browser, now);
            Pending pending = Pending.read(row.getString("parameters"));
            rows.change("update pushed_request set used_at = $2 where request_uri = $1", reference(requestUri), now);
            List<Authorized.Ordered> licences = citizen.map(c -> entitlements.of(rows, tenant, c, pending, now))
                    .orElse(List.of());
            Map<String, String> answer = new LinkedHashMap<>();
            if (licences.isEmpty()) {
                answer.put("error", "access_denied");
                answer.put("error_description", "this authority has no such licence for the citizen who signed in");
            } else {
                answer.put("code", code(rows, tenant, row, pending, licences, now));
            }
            pending.state().ifPresent(state -> answer.put("state", state));
            answer.put("iss", addresses.issuer(tenant.id()));
            return withQuery(row.getString("redirect_uri"), answer);
        });
    }

    private static String code(
            Rows rows, Tenant tenant, Row request, Pending pending, List<Authorized.Ordered> licences, Instant now) {
        Secret code = Secret.fresh();
        rows.change(
                """
                insert into authorization_code
                    (code, tenant, client_id, redirect_uri, code_challenge, dpop_jkt, licences, identified, scope, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                code.digest(),
                tenant.id(),
                request.getString("client_id"),
                request.getString("redirect_uri"),
                pending.codeChallenge(),
                request.getString("dpop_jkt"),
                licences.stream().map(Authorized.Ordered::id).toList(),
                pending.identified(),
                licences.stream().map(Authorized.Ordered::type).distinct().collect(Collectors.joining(" ")),
                now.plus(CODE_LIFE));
        return code.text();
    }

    private static Row pending(Rows rows, Tenant tenant, String requestUri, Secret browser, Instant now) {
        return rows.one("""
            select * from pushed_request
            where request_uri = $1 and tenant = $2 and browser = $3 and expires_at > $4 and used_at is null
            """, reference(requestUri), tenant.id(), browser.digest(), now)
                .orElseThrow(AuthorizationDesk::unknown);
    }

    private static Digest reference(String requestUri) {
        String text = requestUri.startsWith(URN) ? requestUri.substring(URN.length()) : "";
        if (!Secret.plausible(text)) {
            throw unknown();
        }
        return new Secret(text).digest();
    }

    private static Refused unknown() {
        return Refused.grant(
                GrantCode.INVALID_REQUEST,
                "request_uri: expected one that this client pushed a moment ago, in the browser that opened it");
    }

    private static String withQuery(String uri, Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(
                name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")));
        return uri + (uri.contains("?") ? "&" : "?") + String.join("&", pairs);
    }
}
