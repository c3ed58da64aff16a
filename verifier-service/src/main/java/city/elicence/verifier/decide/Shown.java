package city.elicence.verifier.decide;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.HeldCredential;
import city.elicence.credentials.verify.VerifiedCredential;
import java.util.Map;
import java.util.Set;

/** A presentation that passed its checks, as the query is held against it (OpenID4VP 1.0 §8.6, step 2.2). */
record Shown(VerifiedCredential credential, Format in) implements HeldCredential {
    @Override
    public String format() {
        return in.identifier();
    }

    @Override
    public Set<String> types() {
        return Set.of(credential.vct());
    }

    @Override
    public Set<String> authorityKeyIds() {
        return credential.issuer().chain().authorityKeyIdentifiers();
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
