package city.elicence.issuer.token;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.citizen.Citizen;
import city.elicence.issuer.client.Client;
import city.elicence.issuer.evidence.Application;
import city.elicence.issuer.evidence.EvidenceDesk;
import city.elicence.issuer.order.Orders;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
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
import java.util.HexFormat;
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
    /** FAPI 2.0 Security Profile §5.3.2.2: less than 600 seconds. */
    private static final Duration REQUEST_LIFE = Duration.ofSeconds(599);

    private static final Duration CODE_LIFE = Duration.ofSeconds(60);

    private final Store store;
    private final TypeShelf types;
    private final Addresses addresses;
    private final Vault vault;
    private final Entitlements entitlements;
    private final EvidenceDesk evidence;

    public AuthorizationDesk(
            Store store, Vault vault, TypeShelf types, Addresses addresses, Orders orders, EvidenceDesk evidence) {
        this.store = store;
        this.types = types;
        this.addresses = addresses;
        this.vault = vault;
        this.evidence = evidence;
        this.entitlements = new Entitlements(vault, types, orders);
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
                types.configurations(tenant).stream().map(Configuration::id).collect(Collectors.toSet());
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
        store.direct().change("delete from application where session = $1", reference(requestUri));
        Row row = store.direct()
                .one("""
                    update pushed_request set browser = $5, citizen = null
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

    /** Where a browser goes next. */
    public sealed interface Next {
        /** Back to the wallet, with a code or with {@code access_denied}, and always {@code iss}. */
        record Back(String address) implements Next {}

        /** Nowhere: evidence is wanted first. */
        record Evidence(Application application) implements Next {}
    }

    /** The citizen said no, or nobody signed in. */
    public String refused(Tenant tenant, String requestUri, Secret browser, Instant now) {
        return store.transaction(rows ->
                finish(rows, tenant, requestUri, pending(rows, tenant, requestUri, browser, now), List.of(), now));
    }

    /** A citizen signed in: the code is given now, or once the evidence is whole that their licences require. */
    public Next signedIn(Tenant tenant, String requestUri, Secret browser, Citizen citizen, Instant now) {
        store.inTransaction(rows -> {
            Row row = pending(rows, tenant, requestUri, browser, now);
            rows.change(
                    "update pushed_request set citizen = $2 where request_uri = $1",
                    reference(requestUri),
                    vault.seal(place(tenant, requestUri), citizen.number()));
            Pending pending = Pending.read(row.getString("parameters"));
            for (Entitlements.Entitlement each : entitlements.of(rows, tenant, citizen, pending, now)) {
                if (evidence.isRequired(each.type())
                        && evidence.ofSession(
                                        rows, reference(requestUri), each.type().id())
                                .isEmpty()) {
                    EvidenceDesk.Content content =
                            new EvidenceDesk.Content(each.type().id(), each.claims(), null);
                    String opened = evidence.open(rows, tenant, "citizen", content, reference(requestUri), now);
                    assert !opened.isEmpty();
                }
            }
        });
        return next(tenant, requestUri, browser, now);
    }

    /** How the session of a citizen who signed in stands now. */
    public Next next(Tenant tenant, String requestUri, Secret browser, Instant now) {
        Row row = pending(store.direct(), tenant, requestUri, browser, now);
        Citizen citizen = citizen(tenant, requestUri, row);
        Pending pending = Pending.read(row.getString("parameters"));
        for (String type : pending.types()) {
            Optional<String> application = evidence.ofSession(store.direct(), reference(requestUri), type);
            if (application.isPresent()) {
                Application stands = evidence.look(tenant, application.get(), now);
                if (!stands.whole()) {
                    return new Next.Evidence(stands);
                }
            }
        }
        return new Next.Back(store.transaction(rows -> {
            Row locked = pending(rows, tenant, requestUri, browser, now);
            List<Authorized.Ordered> licences = new ArrayList<>();
            for (Entitlements.Entitlement each : entitlements.of(rows, tenant, citizen, pending, now)) {
                if (isProven(rows, tenant, requestUri, each.type(), now)) {
                    licences.addAll(entitlements.order(rows, tenant, each, now));
                }
            }
            return finish(rows, tenant, requestUri, locked, licences, now);
        }));
    }

    private boolean isProven(Rows rows, Tenant tenant, String requestUri, CredentialType type, Instant now) {
        if (!evidence.isRequired(type)) {
            return true;
        }
        try {
            Optional<String> application = evidence.ofSession(rows, reference(requestUri), type.id());
            return application.isPresent()
                    && evidence.take(rows, tenant, application.get(), now)
                            .type()
                            .equals(type.id());
        } catch (Refused missingOrRevoked) {
            return false;
        }
    }

    private Citizen citizen(Tenant tenant, String requestUri, Row row) {
        if (row.getBuffer("citizen") == null) {
            throw unknown();
        }
        return new Citizen(vault.open(place(tenant, requestUri), Rows.bytes(row, "citizen")));
    }

    private static String place(Tenant tenant, String requestUri) {
        return tenant.id() + "/citizen/"
                + HexFormat.of().formatHex(reference(requestUri).bytes());
    }

    private String finish(
            Rows rows, Tenant tenant, String requestUri, Row row, List<Authorized.Ordered> licences, Instant now) {
        Pending pending = Pending.read(row.getString("parameters"));
        rows.change(
                "update pushed_request set used_at = $2, citizen = null where request_uri = $1",
                reference(requestUri),
                now);
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
    }

    private static String code(
            Rows rows, Tenant tenant, Row request, Pending pending, List<Authorized.Ordered> licences, Instant now) {
        Secret code = Secret.fresh();
        rows.change(
                """
                insert into authorization_code
                    (code, tenant, client_id, redirect_uri, code_challenge, dpop_jkt, licences, identified, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                code.digest(),
                tenant.id(),
                request.getString("client_id"),
                request.getString("redirect_uri"),
                pending.codeChallenge(),
                request.getString("dpop_jkt"),
                licences.stream().map(Authorized.Ordered::id).toList(),
                pending.identified(),
                now.plus(CODE_LIFE));
        return code.text();
    }

    private static Row pending(Rows rows, Tenant tenant, String requestUri, Secret browser, Instant now) {
        return rows.one("""
            select * from pushed_request
            where request_uri = $1 and tenant = $2 and browser = $3 and expires_at > $4 and used_at is null for update
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
