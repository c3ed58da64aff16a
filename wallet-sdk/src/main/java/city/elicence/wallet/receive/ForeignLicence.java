package city.elicence.wallet.receive;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.verify.shown.Contents;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be said of a licence from an issuer that this city does not know: that it is whole, and in force. */
final class ForeignLicence {
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final String NOT_SIGNED = "expected a signature by the key of the leaf certificate";

    private ForeignLicence() {}

    /** Null where there is none: signed by the key of its first certificate (HAIP section 6.1.1), and in its period. */
    static @Nullable String problem(Format format, String credential, Suites suites, Instant now) {
        try {
            Contents contents = switch (format) {
                case SD_JWT_VC -> signed(SdJwt.parse(credential, suites));
                case MDOC -> signed(IssuerSigned.fromText(credential));
            };
            if (contents.expires() != null && !contents.expires().plus(SKEW).isAfter(now)) {
                return "expected to end in the future";
            }
            if (contents.notBefore() != null && contents.notBefore().minus(SKEW).isAfter(now)) {
                return "expected to have begun";
            }
            return null;
        } catch (SdJwtException | JoseException | MdocException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Contents signed(SdJwt sdJwt) throws JoseException, SdJwtException {
        CertificateChain chain = sdJwt.issuerJwt()
                .certificates(sdJwt.taken())
                .orElseThrow(() -> new JoseException("x5c: expected in the header"));
        if (!sdJwt.issuerJwt().verifiedBy(chain.leafKey())) {
            throw new JoseException(NOT_SIGNED);
        }
        return Contents.of(SdJwtVc.of(sdJwt));
    }

    private static Contents signed(IssuerSigned document) throws JoseException, MdocException {
        CertificateChain chain =
                document.certificates().orElseThrow(() -> new JoseException("x5chain: expected in the header"));
        if (!document.isSignedBy(chain.leafKey())) {
            throw new JoseException(NOT_SIGNED);
        }
        document.checkDigests();
        return Contents.of(document);
    }
}
