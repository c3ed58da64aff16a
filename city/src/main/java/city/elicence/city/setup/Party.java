package city.elicence.city.setup;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Names;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.ledger.LedgerSigner;
import java.util.List;

/**
 * An authority, issuer or verifier with its keys.
 *
 * @param id the tenant's id in addresses
 * @param roles in the catalogue's words: they say what it may issue and ask for
 * @param ledgerKey signs its transactions
 * @param signingKey signs its credentials and requests
 * @param chain the signing key's certificate and its own authority's, without the root
 * @param documentSigner signs its mobile documents, and nothing else
 * @param anchor its own authority, as its accreditation names it
 */
public record Party(
        String id,
        List<String> roles,
        Names names,
        LedgerSigner ledgerKey,
        SoftwareKey signingKey,
        CertificateChain chain,
        DocumentSigner documentSigner,
        Anchor anchor) {

    public Party {
        roles = List.copyOf(roles);
    }

    public Did did() {
        return ledgerKey.did();
    }
}
