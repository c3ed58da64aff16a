package city.elicence.issuer.token;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.proof.Spent;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which client sends a request to the pushed-request or token endpoint: {@code attest_jwt_client_auth}
 * (draft-ietf-oauth-attestation-based-client-auth; OpenID4VCI 1.0 Appendix E), {@code private_key_jwt} (RFC 7523 §2.2), or
 * none.
 */
public final class ClientAuthentication {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MAX_NAME = 512;

    private final Store store;
    private final Addresses addresses;
    private final Collection<TrustAnchor> walletProviders;

    public ClientAuthentication(Store store, Addresses addresses, Collection<TrustAnchor> walletProviders) {
        this.store = store;
        this.addresses = addresses;
        this.walletProviders = List.copyOf(walletProviders);
    }

    /**
     * What a request says of its client.
     *
     * @param form the request's parameters
     * @param attestations every {@code OAuth-Client-Attestation} header field
     * @param proofs every {@code OAuth-Client-Attestation-PoP} header field
     */
    public record Presented(Map<String, String> form, List<String> attestations, List<String> proofs) {
        public Presented {
            form = Map.copyOf(form);
            attestations = List.copyOf(attestations);
            proofs = List.copyOf(proofs);
        }

        Optional<String> clientId() {
            return Optional.ofNullable(form.get("client_id"));
        }
    }

    public Client identify(Tenant tenant, Presented presented, Instant now) {
        boolean attested =
                !presented.attestations().isEmpty() || !presented.proofs().isEmpty();
        boolean asserted = presented.form().containsKey("client_assertion");
        if (attested && asserted) {
            throw Refused.grant(GrantCode.INVALID_REQUEST, "expected one method of client authentication, found two");
        }
        if (presented.clientId().filter(id -> id.length() > MAX_NAME).isPresent()) {
            throw no("client_id: longer than " + MAX_NAME + " characters");
        }
        try {
            if (attested) {
                return attested(tenant, presented, now);
            }
            if (asserted) {
                return asserted(tenant, presented, now);
            }
        } catch (JoseException | JsonException malformed) {
            throw no(String.valueOf(malformed.getMessage()));
        }
        return presented.clientId().<Client>map(Client.Public::new).orElseGet(Client.Anonymous::new);
    }

    /** The draft's verification rules for the attestation and for its proof of possession, in their order. */
    private Client attested(Tenant tenant, Presented presented, Instant now) throws JoseException, JsonException {
        if (presented.attestations().size() != 1 || presented.proofs().size() != 1) {
            throw no("expected exactly one client attestation and one proof of possession");
        }
        Jws attestation = Jws.parse(presented.attestations().getFirst());
        requireType(attestation, "oauth-client-attestation+jwt");
        CertificateChain chain = attestation
                .certificates()
                .orElseThrow(() -> no("x5c: expected the wallet provider's chain in the client attestation"));
        if (chain.anchoredBy(walletProviders, now).isEmpty()) {
            throw no("x5c: expected a chain to a wallet provider that this server knows");
        }
        if (!attestation.verifiedBy(chain.leafKey())) {
            throw no("client attestation: expected an ES256 signature by the key in x5c");
        }
        Fields claims = Fields.of(attestation.claims());
        if (!now.isBefore(claims.instant("exp"))) {
            throw no("client attestation: expected one that has not expired");
        }
        String sub = claims.string("sub");
        if (presented.clientId().filter(id -> !id.equals(sub)).isPresent()) {
            throw no("client_id: expected the sub of the client attestation");
        }
        EcPublicKey instanceKey = EcPublicKey.fromJwk(claims.fields("cnf").object("jwk"));
        Jws proof = Jws.parse(presented.proofs().getFirst());
        requireType(proof, "oauth-client-attestation-pop+jwt");
        if (!proof.verifiedBy(instanceKey)) {
            throw no("proof of possession: expected an ES256 signature by the attested key");
        }
        checkFresh("attestation-pop", instanceKey.thumbprint(), Fields.of(proof.claims()), tenant, now);
        return new Client.Authenticated(sub, Client.Method.ATTEST_JWT_CLIENT_AUTH);
    }

    /** RFC 7523 §3, with a client registered beforehand. */
    private Client asserted(Tenant tenant, Presented presented, Instant now) throws JoseException, JsonException {
        if (!ASSERTION_TYPE.equals(presented.form().get("client_assertion_type"))) {
            throw no("client_assertion_type: expected " + ASSERTION_TYPE);
        }
        Jws assertion = Jws.parse(presented.form().getOrDefault("client_assertion", ""));
        Fields claims = Fields.of(assertion.claims());
        String id = claims.string("sub");
        if (!id.equals(claims.string("iss"))
                || presented.clientId().filter(c -> !c.equals(id)).isPresent()) {
            throw no("client_assertion: expected the client_id as iss and sub");
        }
        if (!assertion.verifiedBy(registeredKey(id))) {
            throw no("client_assertion: expected an ES256 signature by the registered key");
        }
        if (!now.isBefore(claims.instant("exp"))) {
            throw no("client_assertion: expected one that has not expired");
        }
        checkFresh("client-assertion", id, claims, tenant, now);
        return new Client.Authenticated(id, Client.Method.PRIVATE_KEY_JWT);
    }

    private EcPublicKey registeredKey(String id) throws JoseException, JsonException {
        String jwk = store.direct()
                .one("select jwk from client where id = $1", id)
                .map(row -> row.getString("jwk"))
                .orElseThrow(() -> no("client_assertion: expected a registered client"));
        return EcPublicKey.fromJwk(Json.parseObject(jwk));
    }

    /** Audience, age and single use of a proof. RFC 8414: the server's issuer identifier names it. */
    private void checkFresh(String kind, String who, Fields claims, Tenant tenant, Instant now) throws JsonException {
        String issuer = addresses.issuer(tenant.id());
        boolean forUs = claims.map().get("aud") instanceof List<?> several
                ? several.size() == 1 && issuer.equals(several.getFirst())
                : issuer.equals(claims.string("aud"));
        if (!forUs) {
            throw no("aud: expected this server's issuer identifier");
        }
        Instant iat = claims.instant("iat");
        if (iat.isBefore(now.minus(WINDOW)) || iat.isAfter(now.plus(WINDOW))) {
            throw no("iat: expected a time within " + WINDOW.toMinutes() + " minutes of ours");
        }
        String jti = claims.string("jti");
        Rows rows = store.direct();
        if (jti.length() > MAX_NAME
                || !Spent.firstUse(
                        rows, kind, tenant.id() + "\n" + who + "\n" + jti, now.plus(WINDOW.multipliedBy(2)))) {
            throw no("jti: expected a value that was not used before");
        }
    }

    private static void requireType(Jws jws, String type) {
        if (!type.equals(jws.type().orElse(""))) {
            throw no("typ: expected " + type);
        }
    }

    private static Refused no(String text) {
        return Refused.grant(GrantCode.INVALID_CLIENT, text);
    }
}
