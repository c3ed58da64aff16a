package city.elicence.verifier.decide;

import city.elicence.credentials.dcql.HeldCredential;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.VerifiedCredential;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A presentation that passed its checks, as the query is held against it (OpenID4VP 1.0 §8.6, step 2.2). */
record Shown(VerifiedCredential credential, Set<String> authorityKeyIds) implements HeldCredential {
    private static final String FORMAT = "dc+sd-jwt";

    static Shown of(VerifiedCredential credential, String presentation) {
        try {
            Optional<CertificateChain> chain =
                    SdJwt.parse(presentation).issuerJwt().certificates();
            return new Shown(
                    credential,
                    chain.map(CertificateChain::authorityKeyIdentifiers).orElse(Set.of()));
        } catch (SdJwtException | JoseException impossible) {
            throw new IllegalStateException("a verified presentation can be read", impossible);
        }
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public Set<String> types() {
        return Set.of(credential.vct());
    }

    @Override
    public Map<String, Object> claims() {
        return credential.claims();
    }

    @Override
    public boolean isHolderBound() {
        return credential.holderKey().isPresent();
    }

    /** Never the claims. */
    @Override
    public String toString() {
        return "Shown[" + credential + "]";
    }
}
