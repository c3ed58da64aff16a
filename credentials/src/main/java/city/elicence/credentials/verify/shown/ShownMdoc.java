package city.elicence.credentials.verify.shown;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.HolderBinding;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.VerifiedSignature;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mobile document (ISO/IEC 18013-5 §9.3.1), as a device shows it or as its issuer sends it. */
final class ShownMdoc implements ShownCredential {
    /** A portrait or two, and what goes with them. */
    private static final int MAX_LENGTH = 1 << 20;

    private final IssuerSigned issuerSigned;
    private final @Nullable MobileDocument shown;

    private ShownMdoc(IssuerSigned issuerSigned, @Nullable MobileDocument shown) {
        this.issuerSigned = issuerSigned;
        this.shown = shown;
    }

    static ShownMdoc read(String base64Url, HolderBinding binding) throws RefusedException {
        if (base64Url.length() > MAX_LENGTH) {
            throw new RefusedException(Refusal.TOO_LARGE, "expected at most " + MAX_LENGTH + " characters");
        }
        try {
            if (binding instanceof HolderBinding.DangerouslyNotChecked) {
                return new ShownMdoc(IssuerSigned.fromText(base64Url), null);
            }
            DeviceResponse response = DeviceResponse.fromText(base64Url);
            if (response.documents().size() != 1 || response.status() != 0) {
                // OpenID4VP 1.0 annex B.2.5: each credential in a DeviceResponse of its own.
                throw new RefusedException(Refusal.MALFORMED, "expected one document, and status 0");
            }
            MobileDocument document = response.documents().get(0);
            return new ShownMdoc(document.issuerSigned(), document);
        } catch (MdocException e) {
            throw new RefusedException(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String form() {
        return "mso_mdoc with " + Contents.of(issuerSigned).disclosed().size() + " elements";
    }

    /** The one that the issuer signed. */
    @Override
    public String type() {
        return issuerSigned.securityObject().docType();
    }

    @Override
    public VerifiedSignature signature(PartyTrust parties, TrustView trust) throws RefusedException {
        VerifiedSignature signature = parties.verify(issuerSigned, trust);
        try {
            if (shown != null) {
                shown.checkDocType();
            }
            return signature;
        } catch (MdocException e) {
            throw new RefusedException(Refusal.DOCUMENT_TYPE_NOT_SIGNED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<Instant> issuedAt() {
        return Optional.of(issuerSigned.securityObject().signed());
    }

    @Override
    public Optional<Instant> notBefore() {
        return Optional.of(issuerSigned.securityObject().validFrom());
    }

    @Override
    public Optional<Instant> expires() {
        return Optional.of(issuerSigned.securityObject().validUntil());
    }

    @Override
    public Contents contents() throws RefusedException {
        try {
            issuerSigned.checkDigests();
            return Contents.of(issuerSigned);
        } catch (MdocException e) {
            throw new RefusedException(Refusal.DISCLOSURE_NOT_SIGNED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<HolderProof> proof(Contents contents, Expectation expectation, Instant now, ReplayGuard replays)
            throws RefusedException {
        if (shown == null) {
            return Optional.empty();
        }
        if (!(expectation.binding() instanceof HolderBinding.Session session)) {
            throw new IllegalArgumentException("a mobile document is shown in a session");
        }
        try {
            shown.checkDevice(session.transcript(), session.readerKey());
        } catch (MdocException e) {
            throw new RefusedException(Refusal.DEVICE_NOT_AUTHENTICATED, String.valueOf(e.getMessage()));
        }
        String key = Base64Url.encode(shown.proofDigest(session.transcript()));
        if (!replays.firstSeen(key, now.plus(expectation.maxAge()), now)) {
            throw new RefusedException(Refusal.REPLAYED, "expected a presentation that was not seen before");
        }
        return Optional.of(new HolderProof(
                issuerSigned.securityObject().deviceKey(), Map.of(), "the device's key proved this very session"));
    }

    @Override
    public byte[] logDigest() {
        return issuerSigned.digest();
    }
}
