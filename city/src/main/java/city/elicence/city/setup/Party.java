package city.elicence.city.setup;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Names;
import city.elicence.issuer.registry.Enrolment;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.issuer.tenant.Signer;
import city.elicence.ledger.LedgerSigner;
import city.elicence.verifier.tenant.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authority, issuer or verifier with its keys.
 *
 * @param id the tenant's id in addresses
 * @param roles in the catalogue's words: they say what it may issue and ask for
 * @param ledgerKey signs its transactions
 * @param signingKey signs its credentials and requests
 * @param chain the signing key's certificate and its own authority's, without the root
 * @param suiteSigner signs its SD-JWT VCs by another suite than ES256; null where it signs them by ES256
 * @param documentSigner signs its mobile documents, and nothing else
 * @param anchors its own authorities, as its accreditation names them: for ES256 first
 */
public record Party(
        String id,
        List<String> roles,
        Names names,
        LedgerSigner ledgerKey,
        SoftwareKey signingKey,
        CertificateChain chain,
        @Nullable Signer suiteSigner,
        DocumentSigner documentSigner,
        List<Anchor> anchors) {

    public Party {
        roles = List.copyOf(roles);
        anchors = List.copyOf(anchors);
    }

    public Did did() {
        return ledgerKey.did();
    }

    /** As the issuer service enrols it. */
    public Enrolment asIssuer() {
        return new Enrolment(
                id,
                did().value(),
                new city.elicence.issuer.tenant.Tenant.Names(names.zh(), names.en()),
                roles,
                signingKey,
                chain,
                suiteSigner,
                documentSigner);
    }

    /** As the verifier service enrols it. */
    public Tenant asVerifier() {
        return new Tenant(id, did(), names.zh(), names.en(), chain);
    }
}
