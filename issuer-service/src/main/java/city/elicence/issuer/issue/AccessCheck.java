package city.elicence.issuer.issue;

import city.elicence.issuer.proof.DpopProofs;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Problem.Access.AccessCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets in who brings a live access token, with the proof of the key it is bound to (RFC 6750 §2.1, RFC 9449 §7.1). */
public final class AccessCheck {
    private static final String LOOK_UP = """
            select g.id, g.licences, g.identified, g.client_id, g.dpop_jkt
            from access_token t join access_grant g on g.id = t.grant_id
            where t.token = $1 and t.tenant = $2 and t.expires_at > $3 and g.revoked_at is null
            """;

    private final Store store;
    private final DpopProofs proofs;

    public AccessCheck(Store store, DpopProofs proofs) {
        this.store = store;
        this.proofs = proofs;
    }

    /**
     * How a request presents its token.
     *
     * @param authorization every {@code Authorization} header field
     * @param dpop every {@code DPoP} header field
     * @param tokenInQuery whether the query has an {@code access_token}
     */
    public record Presented(
            List<String> authorization, List<String> dpop, boolean tokenInQuery, String method, String uri) {
        public Presented {
            authorization = List.copyOf(authorization);
            dpop = List.copyOf(dpop);
        }
    }

    public Access admit(Tenant tenant, Presented presented, Instant now) {
        if (presented.tokenInQuery()) {
            throw no(
                    AccessCode.INVALID_REQUEST,
                    false,
                    "an access token is taken from the Authorization header field only");
        }
        String[] parts = presented.authorization().isEmpty()
                ? new String[] {""}
                : presented.authorization().getFirst().split(" ", 2);
        boolean dpop = parts[0].equalsIgnoreCase("DPoP");
        if (!dpop && !parts[0].equalsIgnoreCase("Bearer")) {
            throw no(AccessCode.MISSING, true, "expected an access token in the Authorization header field");
        }
        if (presented.authorization().size() != 1 || parts.length != 2 || parts[1].isBlank()) {
            throw no(
                    AccessCode.INVALID_REQUEST,
                    dpop,
                    "expected one Authorization header field: DPoP or Bearer, and a token");
        }
        String token = parts[1].strip();
        if (!Secret.plausible(token)) {
            throw no(AccessCode.INVALID_TOKEN, dpop, "expected a live access token of this issuer");
        }
        Digest digest = new Secret(token).digest();
        Row row = store.direct()
                .one(LOOK_UP, digest, tenant.id(), now)
                .orElseThrow(() -> no(AccessCode.INVALID_TOKEN, dpop, "expected a live access token of this issuer"));
        checkBinding(tenant, presented, dpop ? token : null, row.getString("dpop_jkt"), now);
        return new Access(
                digest,
                row.getString("id"),
                Rows.strings(row, "licences"),
                row.getBoolean("identified"),
                row.getString("client_id"),
                dpop);
    }

    private void checkBinding(
            Tenant tenant, Presented presented, @Nullable String dpopToken, @Nullable String boundTo, Instant now) {
        if (dpopToken == null) {
            if (boundTo != null) {
                throw no(
                        AccessCode.INVALID_TOKEN,
                        true,
                        "this access token is bound to a key: expected the DPoP scheme");
            }
            return;
        }
        if (boundTo == null) {
            throw no(
                    AccessCode.INVALID_TOKEN,
                    false,
                    "this access token is not bound to a key: expected the Bearer scheme");
        }
        try {
            String signer = proofs.check(
                    store.direct(),
                    new DpopProofs.Expected(
                            tenant.id(), presented.dpop(), presented.method(), presented.uri(), dpopToken),
                    now);
            if (!Optional.of(boundTo).equals(Optional.of(signer))) {
                throw no(
                        AccessCode.INVALID_TOKEN,
                        true,
                        "the DPoP proof is by another key than the access token is bound to");
            }
        } catch (DpopProofs.NotAProof not) {
            AccessCode code = not.nonceWanted() ? AccessCode.USE_DPOP_NONCE : AccessCode.INVALID_DPOP_PROOF;
            throw no(code, true, String.valueOf(not.getMessage()));
        }
    }

    private static Refused no(AccessCode code, boolean dpop, String text) {
        return new Refused(new Problem.Access(code, dpop, text));
    }
}
