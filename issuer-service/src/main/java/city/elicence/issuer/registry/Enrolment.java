package city.elicence.issuer.registry;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.issuer.tenant.Signer;
import city.elicence.issuer.tenant.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes an authority a tenant. Enrolling it again replaces names, roles, key and chain, and leaves what it issued.
 *
 * @param id lower-case letters, digits and hyphens: its part of every address
 * @param did {@code did:indy:…}
 * @param roles in the catalogue's words, such as {@code traffic-police}
 * @param key its signing key
 * @param chain the key's certificate first, without the trust anchor
 * @param suiteSigner what it signs SD-JWT VCs with where that is not ES256; null where it is
 * @param documentSigner what it signs mobile documents with; null where it issues none
 */
public record Enrolment(
        String id,
        String did,
        Tenant.Names names,
        List<String> roles,
        SoftwareKey key,
        CertificateChain chain,
        @Nullable Signer suiteSigner,
        @Nullable DocumentSigner documentSigner) {
    public Enrolment {
        roles = List.copyOf(roles);
        if (!id.matches("[a-z][a-z0-9-]{1,40}")
                || List.of("api", "types", "assets", "health").contains(id)) {
            throw new IllegalArgumentException("a tenant's id is lower-case letters, digits and hyphens, not " + id);
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a tenant has at least one role");
        }
        if (!chain.leafKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("the chain's first certificate is for another key than " + id + "'s");
        }
    }

    /** Of the key that signs its SD-JWT VCs. */
    public CertificateChain licenceChain() {
        return suiteSigner == null ? chain : suiteSigner.chain();
    }
}
