package city.elicence.wallet.receive;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be said of a licence from an issuer that this city does not know: that it is whole, and in force. */
final class ForeignLicence {
    private static final Duration SKEW = Duration.ofSeconds(60);

    private ForeignLicence() {}

    /** Null where there is none: signed by the key of its first certificate (HAIP section 6.1.1), and in its period. */
    static @Nullable String problem(String credential, Instant now) {
        try {
            SdJwt sdJwt = SdJwt.parse(credential);
            Optional<CertificateChain> chain = sdJwt.issuerJwt().certificates();
            if (!chain.isPresent()) {
                return "x5c: expected in the header";
            }
            if (!sdJwt.issuerJwt().verifiedBy(chain.get().leafKey())) {
                return "expected an ES256 signature by the key of the leaf certificate";
            }
            SdJwtVc vc = SdJwtVc.of(sdJwt);
            if (vc.expires().isPresent() && !vc.expires().get().plus(SKEW).isAfter(now)) {
                return "exp: expected in the future";
            }
            if (vc.notBefore().isPresent() && vc.notBefore().get().minus(SKEW).isAfter(now)) {
                return "nbf: expected in the past";
            }
            return null;
        } catch (SdJwtException | JoseException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
