package city.elicence.credentials.verify;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.verify.mandate.Mandator;
import city.elicence.credentials.verify.party.VerifiedIssuer;
import city.elicence.credentials.verify.shown.Contents;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A credential that passed every check: its disclosed claims may be relied on. Only the verifier makes one. */
public final class VerifiedCredential {
    private final Contents contents;
    private final TypeRecord type;
    private final VerifiedIssuer issuer;
    private final @Nullable EcPublicKey holderKey;
    private final @Nullable Mandator mandator;

    VerifiedCredential(
            Contents contents,
            TypeRecord type,
            VerifiedIssuer issuer,
            @Nullable EcPublicKey holderKey,
            @Nullable Mandator mandator) {
        this.contents = contents;
        this.type = type;
        this.issuer = issuer;
        this.holderKey = holderKey;
        this.mandator = mandator;
    }

    /** The disclosed claims, and those that are always there. */
    public Map<String, Object> claims() {
        return contents.claims();
    }

    /** Its {@code vct}, or its document type. */
    public String vct() {
        return contents.type();
    }

    public TypeRecord type() {
        return type;
    }

    /** Who issued it; of what a company signed itself, who issued the company's licence. */
    public VerifiedIssuer issuer() {
        return issuer;
    }

    /** The company that signed it by its own key, where no issuer did: a mandate. */
    public Optional<Mandator> mandator() {
        return Optional.ofNullable(mandator);
    }

    /** The key to which the credential is bound and with which it was shown; empty when nobody checked. */
    public Optional<EcPublicKey> holderKey() {
        return Optional.ofNullable(holderKey);
    }

    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(contents.issuedAt());
    }

    public Optional<Instant> expires() {
        return Optional.ofNullable(contents.expires());
    }

    /** Never the claims. */
    @Override
    public String toString() {
        return "VerifiedCredential[" + type.id() + " by " + issuer.did() + "]";
    }
}
