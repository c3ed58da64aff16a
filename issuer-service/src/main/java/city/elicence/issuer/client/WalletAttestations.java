package city.elicence.issuer.client;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.tenant.Tenant;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code attest_jwt_client_auth} (draft-ietf-oauth-attestation-based-client-auth-07; OpenID4VCI 1.0 Appendix E; HAIP 1.0 §4.4.1). */
final class WalletAttestations {
    private final ProofClaims proofs;
    private final Supplier<Collection<TrustAnchor>> providers;
    private final ServerNonces nonces;

    WalletAttestations(ProofClaims proofs, Supplier<Collection<TrustAnchor>> providers, ServerNonces nonces) {
        this.nonces = nonces;
        this.proofs = proofs;
        this.providers = providers;
    }

    /** The draft's verification rules for the attestation and for its proof of possession, in their order. */
    Client check(Tenant tenant, ClientAuthentication.Presented presented, Instant now)
            throws JoseException, JsonException {
        if (presented.attestations().size() != 1 || presented.proofs().size() != 1) {
            throw ClientAuthentication.no("expected exactly one client attestation and one proof of possession");
        }
        Jws attestation = Jws.parse(presented.attestations().getFirst());
        requireType(attestation, "oauth-client-attestation+jwt");
        CertificateChain chain = attestation
                .certificates()
                .orElseThrow(() ->
                        ClientAuthentication.no("x5c: expected the wallet provider's chain in the client attestation"));
        if (chain.anchoredBy(providers.get(), now).isEmpty()) {
            throw ClientAuthentication.no("x5c: expected a chain to a wallet provider that this server knows");
        }
        if (!attestation.verifiedBy(chain.leafKey())) {
            throw ClientAuthentication.no("client attestation: expected an ES256 signature by the key in x5c");
        }
        Fields claims = Fields.of(attestation.claims());
        if (!now.isBefore(claims.instant("exp"))) {
            throw ClientAuthentication.no("client attestation: expected one that has not expired");
        }
        proofs.requireNotFromFuture(claims, now);
        String sub = claims.string("sub");
        if (presented.clientId().filter(id -> !id.equals(sub)).isPresent()) {
            throw ClientAuthentication.no("client_id: expected the sub of the client attestation");
        }
        EcPublicKey instanceKey = EcPublicKey.fromJwk(claims.fields("cnf").object("jwk"));
        Jws proof = Jws.parse(presented.proofs().getFirst());
        requireType(proof, "oauth-client-attestation-pop+jwt");
        if (!proof.verifiedBy(instanceKey)) {
            throw ClientAuthentication.no("proof of possession: expected an ES256 signature by the attested key");
        }
        String instance = instanceKey.thumbprint();
        Fields said = Fields.of(proof.claims());
        said.instant("iat");
        if (said.optString("iss").filter(iss -> !iss.equals(sub)).isPresent()) {
            // Rule 4 of the draft's §5.2. Since its 08 there is no iss, so none is expected either.
            throw ClientAuthentication.no("iss: expected the sub of the client attestation");
        }
        checkChallenge(said, tenant, now);
        proofs.check("attestation-pop", instance, said, tenant, now);
        return new Client.Authenticated(sub, Client.Method.ATTEST_JWT_CLIENT_AUTH, instance);
    }

    /** §8: a challenge is one of this server's, for this tenant, and fresh; who has none is told apart by {@code jti} and {@code iat}. */
    private void checkChallenge(Fields said, Tenant tenant, Instant now) throws JsonException {
        Optional<String> challenge = said.optString("challenge");
        if (challenge.isPresent()
                && !nonces.isFresh(ServerNonces.Purpose.ATTESTATION, tenant.id(), challenge.get(), now)) {
            throw Refused.grant(
                    GrantCode.USE_ATTESTATION_CHALLENGE,
                    "challenge: expected a fresh one from this server's challenge endpoint");
        }
    }

    private static void requireType(Jws jws, String type) {
        if (!type.equals(jws.type().orElse(""))) {
            throw ClientAuthentication.no("typ: expected " + type);
        }
    }
}
