package city.elicence.issuer.client;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code private_key_jwt} (RFC 7523 §2.2, §3), by clients registered beforehand. */
final class ClientAssertions {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LONGEST = Duration.ofHours(1);

    private final ProofClaims proofs;
    private final Clients registered;

    ClientAssertions(ProofClaims proofs, Clients registered) {
        this.proofs = proofs;
        this.registered = registered;
    }

    Client check(Tenant tenant, ClientAuthentication.Presented presented, Instant now)
            throws JoseException, JsonException {
        if (!TYPE.equals(presented.form().get("client_assertion_type"))) {
            throw ClientAuthentication.no("client_assertion_type: expected " + TYPE);
        }
        Jws assertion = Jws.parse(presented.form().getOrDefault("client_assertion", ""));
        Fields claims = Fields.of(assertion.claims());
        String id = claims.string("sub");
        if (!id.equals(claims.string("iss"))
                || presented.clientId().filter(c -> !c.equals(id)).isPresent()) {
            throw ClientAuthentication.no("client_assertion: expected the client_id as iss and sub");
        }
        EcPublicKey key = registered
                .find(id)
                .flatMap(client -> Optional.ofNullable(client.key()))
                .orElseThrow(
                        () -> ClientAuthentication.no("client_assertion: expected a client registered with a key"));
        if (!assertion.verifiedBy(key)) {
            throw ClientAuthentication.no("client_assertion: expected an ES256 signature by the registered key");
        }
        if (!(claims.map().get("aud") instanceof String)) {
            // FAPI 2.0 Security Profile §5.3.2.1: an assertion for several servers could be passed on by one to
            // another.
            throw ClientAuthentication.no("aud: expected this server's issuer identifier, as a string");
        }
        Instant exp = claims.instant("exp");
        if (exp.isAfter(now.plus(LONGEST))) {
            throw ClientAuthentication.no("exp: expected a time at most an hour from now");
        }
        proofs.check("client-assertion", id, claims, tenant, now);
        return new Client.Authenticated(id, Client.Method.PRIVATE_KEY_JWT, null);
    }
}
