package city.elicence.issuer.client;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Grant.GrantCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client sends a request to the pushed-request or token endpoint: by its wallet's attestation, by an assertion
 * of its own, by the certificate of its connection, or by nothing at all.
 */
public final class ClientAuthentication {
    private static final int MAX_NAME = 512;

    private final Clients registered;
    private final WalletAttestations attestations;
    private final ClientAssertions assertions;

    public ClientAuthentication(
            Store store,
            Addresses addresses,
            Clients registered,
            Supplier<Collection<TrustAnchor>> walletProviders,
            ServerNonces nonces) {
        ProofClaims proofs = new ProofClaims(store, addresses);
        this.registered = registered;
        this.attestations = new WalletAttestations(proofs, walletProviders, nonces);
        this.assertions = new ClientAssertions(proofs, registered);
    }

    /**
     * What a request says of its client.
     *
     * @param form the request's parameters
     * @param attestations every {@code OAuth-Client-Attestation} header field
     * @param proofs every {@code OAuth-Client-Attestation-PoP} header field
     * @param certificate what the client showed when it connected, or null
     */
    public record Presented(
            Map<String, String> form,
            List<String> attestations,
            List<String> proofs,
            @Nullable X509Certificate certificate) {
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
                return attestations.check(tenant, presented, now);
            }
            if (asserted) {
                return assertions.check(tenant, presented, now);
            }
        } catch (JoseException | JsonException malformed) {
            throw no(String.valueOf(malformed.getMessage()));
        }
        return presented
                .clientId()
                .map(id -> connected(id, presented.certificate()))
                .orElseGet(Client.Anonymous::new);
    }

    /** RFC 8705 §2.2 for a client registered with a certificate; one that is registered at all proves who it is (RFC 6749 §3.2.1). */
    private Client connected(String id, @Nullable X509Certificate certificate) {
        Optional<Clients.Registered> known = registered.find(id);
        if (known.isEmpty()) {
            return new Client.Public(id);
        }
        String expected = known.get().certificate();
        if (expected == null || certificate == null || !expected.equals(Clients.thumbprint(certificate))) {
            throw no("client_id: a registered client must prove who it is, by the method it is registered with");
        }
        return new Client.Authenticated(id, Client.Method.SELF_SIGNED_TLS_CLIENT_AUTH, null);
    }

    static Refused no(String text) {
        return Refused.grant(GrantCode.INVALID_CLIENT, text);
    }
}
