package city.elicence.wallet.discover;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.metadata.TypeDocument;
import city.elicence.credentials.metadata.TypeMetadataException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SD-JWT VC, "Processing Type Metadata": a credential that pins its type's metadata by {@code vct#integrity} is held to them. A
 * document that cannot be had, or is another one than the one pinned, is not used; whom the issuer may be is judged without it.
 */
public final class TypeRules {
    private final TypeDocument.Source source;
    private final Suites suites;

    public TypeRules(TypeDocument.Source source, Suites suites) {
        this.suites = suites;
        this.source = source;
    }

    public void check(String vct, List<String> credentials) throws RefusedException {
        Map<String, TypeDocument> known = new HashMap<>();
        for (String credential : credentials) {
            try {
                SdJwt arrived = SdJwt.parse(credential, suites);
                String integrity =
                        Fields.of(arrived.payload()).optString("vct#integrity").orElse(null);
                TypeDocument type = integrity == null ? null : known.get(integrity);
                if (integrity != null && type == null) {
                    type = retrieved(vct, integrity);
                }
                if (type != null) {
                    known.put(integrity, type);
                    type.check(arrived.process());
                }
            } catch (TypeMetadataException broken) {
                throw new RefusedException(Reason.LICENCE_AGAINST_ITS_TYPE, String.valueOf(broken.getMessage()));
            } catch (SdJwtException | JsonException e) {
                throw new RefusedException(Reason.LICENCE_UNREADABLE, String.valueOf(e.getMessage()));
            }
        }
    }

    private @Nullable TypeDocument retrieved(String vct, String integrity) throws TypeMetadataException {
        try {
            return TypeDocument.retrieve(vct, integrity, source);
        } catch (TypeMetadataException e) {
            if (e.reason() == TypeMetadataException.Reason.MALFORMED
                    || e.reason() == TypeMetadataException.Reason.RULE_WEAKENED) {
                throw e;
            }
            return null;
        }
    }
}
