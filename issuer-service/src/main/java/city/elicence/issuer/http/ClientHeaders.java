package city.elicence.issuer.http;

import city.elicence.issuer.client.ClientAuthentication;
import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request to the authorization server proves by its header fields: the key of DPoP (RFC 9449 §5, §10.1), and the client. */
record ClientHeaders(Store store, DpopProofs proofs, ServerNonces nonces, Addresses addresses) {

    private static final String ATTESTATION = "OAuth-Client-Attestation";

    /** The thumbprint of the key that signed the DPoP proof, or null without one; the answer brings the next nonce (§8.2). */
    @Nullable
    String dpopKey(Exchange x, Tenant tenant, String endpoint, Instant now) {
        x.header("DPoP-Nonce", nonces.issue(ServerNonces.Purpose.DPOP, tenant.id(), now));
        if (x.headers("DPoP").isEmpty()) {
            return null;
        }
        try {
            return proofs.check(
                    store.direct(),
                    new DpopProofs.Expected(
                            tenant.id(), x.headers("DPoP"), x.method(), addresses.at(tenant.id(), endpoint), null),
                    now);
        } catch (DpopProofs.NotAProof not) {
            throw Refused.grant(
                    not.nonceWanted() ? GrantCode.USE_DPOP_NONCE : GrantCode.INVALID_DPOP_PROOF,
                    String.valueOf(not.getMessage()));
        }
    }

    /** What says which client it is; one that shows an attestation gets the next challenge with the answer. */
    ClientAuthentication.Presented presented(Exchange x, Tenant tenant, Map<String, String> form, Instant now) {
        if (!x.headers(ATTESTATION).isEmpty()) {
            x.header(ATTESTATION + "-Challenge", challenge(tenant, now));
        }
        return new ClientAuthentication.Presented(
                form, x.headers(ATTESTATION), x.headers(ATTESTATION + "-PoP"), x.clientCertificate());
    }

    /** For the proof of possession of a client's attestation: whatever it was made for before, it was made after this. */
    String challenge(Tenant tenant, Instant now) {
        return nonces.issue(ServerNonces.Purpose.ATTESTATION, tenant.id(), now);
    }
}
