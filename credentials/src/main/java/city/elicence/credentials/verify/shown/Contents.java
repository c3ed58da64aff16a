package city.elicence.credentials.verify.shown;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a credential says, whichever its format; believed only where a verdict carries it.
 *
 * @param type its {@code vct} or document type
 * @param claims a JSON tree; of an mdoc: namespaces, then data elements (OpenID4VP 1.0 §7.2)
 * @param disclosed the places in it that the holder could have kept back
 * @param status the claim {@code status} as it stands, or null
 * @param holderKey the key that it is bound to, or null
 */
public record Contents(
        String type,
        Map<String, Object> claims,
        Set<ClaimPath> disclosed,
        @Nullable Instant issuedAt,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        @Nullable Object status,
        @Nullable EcPublicKey holderKey) {
    public Contents {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        disclosed = Collections.unmodifiableSet(new LinkedHashSet<>(disclosed));
    }

    /** Of an SD-JWT VC; a {@code cnf} that cannot be read binds it to nobody. */
    public static Contents of(SdJwtVc vc) {
        return new Contents(
                vc.vct(),
                vc.claims(),
                vc.disclosed().places().keySet(),
                vc.issuedAt().orElse(null),
                vc.notBefore().orElse(null),
                vc.expires().orElse(null),
                vc.status().orElse(null),
                holderKey(vc));
    }

    private static @Nullable EcPublicKey holderKey(SdJwtVc vc) {
        try {
            return vc.holderKey().orElse(null);
        } catch (SdJwtException unreadable) {
            return null;
        }
    }

    /** Of the issuer's part of a mobile document. */
    public static Contents of(IssuerSigned document) {
        SecurityObject object = document.securityObject();
        Map<String, Object> claims = document.claims();
        Set<ClaimPath> places = new LinkedHashSet<>();
        claims.forEach((nameSpace, elements) -> ((Map<?, ?>) elements)
                .keySet()
                .forEach(name -> places.add(ClaimPath.of(nameSpace).then(name))));
        return new Contents(
                object.docType(),
                claims,
                places,
                object.signed(),
                object.validFrom(),
                object.validUntil(),
                object.status(),
                object.deviceKey());
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Contents[" + type + "]";
    }
}
