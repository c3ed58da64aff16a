package city.elicence.issuer.token;

import city.elicence.credentials.catalogue.Format;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.client.Client;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exchanges codes and refresh tokens for access tokens. */
public final class TokenDesk {
    /** RFC 7636 §4.1. */
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private final Store store;
    private final Vault vault;
    private final Addresses addresses;
    private final Grants grants;

    public TokenDesk(Store store, Vault vault, Addresses addresses, IssuerSettings settings) {
        this.store = store;
        this.vault = vault;
        this.addresses = addresses;
        this.grants = new Grants(settings.limits());
    }

    /** What a transaction leaves behind even when the answer is no: a code that was revoked, a try that was counted. */
    private sealed interface Outcome {
        record Given(TokenResponse response) implements Outcome {}

        record No(Refused refused) implements Outcome {}
    }

    /**
     * Answers a token request.
     *
     * @param client who asks, already authenticated
     * @param dpopKey thumbprint of the key whose DPoP proof came with the request, or null
     */
    public TokenResponse answer(
            Tenant tenant, TokenRequest request, Client client, @Nullable String dpopKey, Instant now) {
        Outcome outcome = store.transaction(rows -> switch (request) {
            case TokenRequest.PreAuthorized pre -> preAuthorized(rows, tenant, pre, client, dpopKey, now);
            case TokenRequest.AuthorizationCode code -> authorizationCode(rows, tenant, code, client, dpopKey, now);
            case TokenRequest.Refresh refresh -> refresh(rows, tenant, refresh, client, dpopKey, now);
        });
        return switch (outcome) {
            case Outcome.Given(TokenResponse response) -> response;
            case Outcome.No(Refused refused) -> throw refused;
        };
    }

    /** Forgets tokens, codes and requests a day after their end; grants stay, so that a code used again is known. */
    public static int sweep(Rows rows, Instant now) {
        Instant yesterday = now.minus(KEPT_AFTER_END);
        return rows.change("delete from access_token where expires_at < $1", yesterday)
                + rows.change("delete from refresh_token where expires_at < $1", yesterday)
                + rows.change("delete from authorization_code where expires_at < $1", yesterday)
                + rows.change("delete from pushed_request where expires_at < $1", yesterday)
                + rows.change("delete from citizen_code where expires_at < $1", yesterday);
    }

    private Outcome preAuthorized(
            Rows rows,
            Tenant tenant,
            TokenRequest.PreAuthorized request,
            Client client,
            @Nullable String dpopKey,
            Instant now) {
        Digest code = new Secret(request.code()).digest();
        Optional<Row> found = rows.one("""
                select id, tx_code, tx_tries_left, expires_at from offer
                where code = $1 and tenant = $2 and grant_kind = 'pre-authorized' for update
                """, code, tenant.id());
        if (found.isEmpty()) {
            return no(GrantCode.INVALID_GRANT, "pre-authorized_code: expected a code from an offer of this issuer");
        }
        Row offer = found.get();
        if (grants.revokeIfUsed(rows, code, now)) {
            return no(GrantCode.INVALID_GRANT, "pre-authorized_code: it was used before; what it gave is revoked");
        }
        if (!now.isBefore(Rows.instant(offer, "expires_at"))) {
            return no(GrantCode.INVALID_GRANT, "pre-authorized_code: its time is over");
        }
        Optional<Outcome> wrongTxCode = checkTxCode(rows, tenant, offer, request.txCode());
        if (wrongTxCode.isPresent()) {
            return wrongTxCode.get();
        }
        List<Authorized.Ordered> licences = ordered(rows, offer.getString("id"));
        boolean identified = request.details() != null || Authorized.ambiguous(licences);
        List<Authorized.Ordered> wanted = narrowed(tenant, licences, request.details());
        return new Outcome.Given(grants.open(
                rows,
                tenant,
                new Authorized(code, offer.getString("id"), wanted, null, identified),
                client,
                dpopKey,
                now));
    }

    /** OpenID4VCI 1.0 §6.3: one not asked for, or a missing one, is invalid_request; a wrong one invalid_grant. */
    private Optional<Outcome> checkTxCode(Rows rows, Tenant tenant, Row offer, @Nullable String given) {
        String id = offer.getString("id");
        boolean expected = offer.getBuffer("tx_code") != null;
        if (!expected) {
            return given == null
                    ? Optional.empty()
                    : Optional.of(no(GrantCode.INVALID_REQUEST, "tx_code: none is expected for this offer"));
        }
        if (given == null) {
            return Optional.of(no(GrantCode.INVALID_REQUEST, "tx_code: this offer expects one"));
        }
        if (offer.getInteger("tx_tries_left") <= 0) {
            return Optional.of(no(GrantCode.INVALID_GRANT, "tx_code: too many wrong ones; the offer is dead"));
        }
        byte[] digest = vault.blind(tenant.id() + "/tx/" + id, given);
        if (!MessageDigest.isEqual(digest, Rows.bytes(offer, "tx_code"))) {
            rows.change("update offer set tx_tries_left = tx_tries_left - 1 where id = $1", id);
            return Optional.of(no(GrantCode.INVALID_GRANT, "tx_code: not the one that was told to the citizen"));
        }
        return Optional.empty();
    }

    private Outcome authorizationCode(
            Rows rows,
            Tenant tenant,
            TokenRequest.AuthorizationCode request,
            Client client,
            @Nullable String dpopKey,
            Instant now) {
        Digest code = new Secret(request.code()).digest();
        Optional<Row> found = rows.one(
                "select * from authorization_code where code = $1 and tenant = $2 for update", code, tenant.id());
        if (found.isEmpty()) {
            return no(GrantCode.INVALID_GRANT, "code: expected a code of this issuer");
        }
        Row row = found.get();
        if (!(client instanceof Client.Authenticated)) {
            // HAIP 1.0 §4.4; RFC 6749 §4.1.3: whoever had to prove itself to push the request must do so to redeem the
            // code.
            return no(GrantCode.INVALID_CLIENT, "expected client authentication, as at the pushed request");
        }
        if (!client.name().equals(Optional.of(row.getString("client_id")))) {
            return no(GrantCode.INVALID_GRANT, "code: it was given to another client");
        }
        if (grants.revokeIfUsed(rows, code, now)) {
            return no(GrantCode.INVALID_GRANT, "code: it was used before; what it gave is revoked");
        }
        if (!now.isBefore(Rows.instant(row, "expires_at"))) {
            return no(GrantCode.INVALID_GRANT, "code: its time is over");
        }
        if (!row.getString("redirect_uri").equals(request.redirectUri())) {
            return no(GrantCode.INVALID_GRANT, "redirect_uri: expected the one of the authorization request");
        }
        if (!provesChallenge(request.codeVerifier(), row.getString("code_challenge"))) {
            return no(GrantCode.INVALID_GRANT, "code_verifier: expected the one behind the code challenge");
        }
        String boundTo = row.getString("dpop_jkt");
        if (boundTo != null && !boundTo.equals(dpopKey)) {
            return no(GrantCode.INVALID_GRANT, "code: it is bound to another DPoP key");
        }
        if (dpopKey == null) {
            return no(GrantCode.INVALID_DPOP_PROOF, "expected a DPoP proof: tokens of this grant are bound to a key");
        }
        List<Authorized.Ordered> licences = orderedByIds(rows, Rows.strings(row, "licences"));
        boolean identified =
                row.getBoolean("identified") || request.details() != null || Authorized.ambiguous(licences);
        List<Authorized.Ordered> wanted = narrowed(tenant, licences, request.details());
        return new Outcome.Given(grants.open(
                rows, tenant, new Authorized(code, null, wanted, boundTo, identified), client, dpopKey, now));
    }

    private Outcome refresh(
            Rows rows,
            Tenant tenant,
            TokenRequest.Refresh request,
            Client client,
            @Nullable String dpopKey,
            Instant now) {
        Optional<Row> found = rows.one("""
                select g.id, g.client_id, g.client_proof, g.dpop_jkt, g.licences, g.identified, g.scope
                from refresh_token r join access_grant g on g.id = r.grant_id
                where r.token = $1 and r.tenant = $2 and r.expires_at > $3 and g.revoked_at is null
                """, new Secret(request.refreshToken()).digest(), tenant.id(), now);
        if (found.isEmpty()) {
            return no(GrantCode.INVALID_GRANT, "refresh_token: expected a live one of this issuer");
        }
        Row grant = found.get();
        if (!client.name().equals(Optional.ofNullable(grant.getString("client_id")))) {
            return no(GrantCode.INVALID_GRANT, "refresh_token: it was given to another client");
        }
        String proof = grant.getString("client_proof");
        if (proof != null && !client.proof().equals(Optional.of(proof))) {
            // RFC 6749 §6; attestation-based client authentication §10.3: the instance that got it, and no other.
            return no(GrantCode.INVALID_CLIENT, "refresh_token: expected the client authentication it was given to");
        }
        if (request.scope() != null && exceeds(request.scope(), grant.getString("scope"))) {
            return no(GrantCode.INVALID_SCOPE, "scope: expected nothing that was not granted");
        }
        String boundTo = grant.getString("dpop_jkt");
        if (boundTo != null && !boundTo.equals(dpopKey)) {
            return no(GrantCode.INVALID_GRANT, "refresh_token: it is bound to another DPoP key");
        }
        List<Authorized.Ordered> licences = orderedByIds(rows, Rows.strings(grant, "licences"));
        return new Outcome.Given(new TokenResponse(
                grants.accessToken(rows, tenant, grant.getString("id"), now),
                boundTo != null,
                grants.accessTokenLife(),
                null,
                grant.getString("scope"),
                grant.getBoolean("identified") ? Authorized.byType(licences) : java.util.Map.of()));
    }

    private static boolean exceeds(String asked, String granted) {
        return !List.of(granted.split(" ", -1))
                .containsAll(List.of(asked.strip().split(" +", -1)));
    }

    private List<Authorized.Ordered> narrowed(
            Tenant tenant, List<Authorized.Ordered> licences, @Nullable String details) {
        if (details == null) {
            return licences;
        }
        Set<String> wanted = RequestedLicences.in(details, addresses.issuer(tenant.id()));
        Set<String> offered =
                Set.copyOf(licences.stream().map(Authorized.Ordered::type).toList());
        if (!offered.containsAll(wanted)) {
            throw Refused.grant(
                    GrantCode.INVALID_AUTHORIZATION_DETAILS,
                    "authorization_details: expected only credential configurations that were offered");
        }
        return licences.stream().filter(l -> wanted.contains(l.type())).toList();
    }

    private static List<Authorized.Ordered> ordered(Rows rows, String offer) {
        List<Authorized.Ordered> ordered = new ArrayList<>();
        for (Row row : rows.all(
                "select id, type_id, formats from offered_licence where offer_id = $1 order by position", offer)) {
            for (String format : Rows.strings(row, "formats")) {
                ordered.add(Authorized.Ordered.of(
                        row.getString("id"),
                        row.getString("type_id"),
                        Format.identifiedBy(format).orElseThrow()));
            }
        }
        return ordered;
    }

    private static List<Authorized.Ordered> orderedByIds(Rows rows, List<String> ids) {
        List<String> licences = ids.stream().map(Format::base).distinct().toList();
        List<Authorized.Ordered> ordered = new ArrayList<>();
        for (Row row : rows.all(
                "select id, type_id from offered_licence where id = any($1) order by position, id", licences)) {
            for (Format format : Format.values()) {
                if (ids.contains(format.named(row.getString("id")))) {
                    ordered.add(Authorized.Ordered.of(row.getString("id"), row.getString("type_id"), format));
                }
            }
        }
        return ordered;
    }

    /** RFC 7636 §4.6, S256 only. */
    private static boolean provesChallenge(@Nullable String verifier, String challenge) {
        if (verifier == null || !CODE_VERIFIER.matcher(verifier).matches()) {
            return false;
        }
        byte[] digest = Secret.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).equals(challenge);
    }

    private static Outcome no(GrantCode code, String text) {
        return new Outcome.No(Refused.grant(code, text));
    }
}
