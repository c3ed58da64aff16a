package city.elicence.issuer.http;

import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The DPoP proof of a request to the authorization server (RFC 9449 §5, §10.1). */
record DpopHeader(Store store, DpopProofs proofs, ServerNonces nonces, Addresses addresses) {

    /** The thumbprint of the key that signed the proof, or null without one; the answer brings the next nonce (§8.2). */
    @Nullable
    String key(Exchange x, Tenant tenant, String endpoint, Instant now) {
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
}
