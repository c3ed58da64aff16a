package city.elicence.wallet.store;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.verify.shown.Contents;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the copies of a licence: the same claims, signed apart, bound to a key of its own. It was verified before it was
 * stored; that it cannot be read means that the store was tampered with.
 *
 * @param credential as the issuer sent it: an SD-JWT VC, or base64url of an mdoc's IssuerSigned
 * @param keyAlias the holder's key, empty where the licence is bound to none
 * @param shownAt when a verifier last saw it, null while none has
 * @param receipt the proof that its digest is anchored, null while there is none
 * @param suites by which it is read
 */
public record Copy(
        Format format,
        String credential,
        String keyAlias,
        @Nullable Instant shownAt,
        @Nullable Receipt receipt,
        Suites suites) {
    private static final String SD_JWT = "sd_jwt";
    private static final String MDOC = "mdoc";

    /** One that ES256 suffices for. */
    public Copy(
            Format format, String credential, String keyAlias, @Nullable Instant shownAt, @Nullable Receipt receipt) {
        this(format, credential, keyAlias, shownAt, receipt, Suites.ES256_ALONE);
    }

    public boolean bound() {
        return !keyAlias.isEmpty();
    }

    public Copy shown(Instant at) {
        return new Copy(format, credential, keyAlias, at, receipt, suites);
    }

    public Copy anchoredBy(Receipt proof) {
        return new Copy(format, credential, keyAlias, shownAt, proof, suites);
    }

    /** All that it says. */
    public Contents contents() throws RefusedException {
        return switch (format) {
            case SD_JWT_VC -> vc(sdJwt());
            case MDOC -> Contents.of(document());
        };
    }

    /** What a verifier would see who is shown these claims: those, and what is always there. */
    public Contents contents(Collection<ClaimPath> claims) throws RefusedException {
        return switch (format) {
            case SD_JWT_VC -> vc(sdJwt(claims));
            case MDOC -> Contents.of(document(claims));
        };
    }

    /** The chain of the issuer's signature. */
    public Optional<CertificateChain> chain() throws RefusedException {
        try {
            return switch (format) {
                case SD_JWT_VC -> sdJwt().issuerJwt().certificates(suites);
                case MDOC -> document().certificates();
            };
        } catch (JoseException | MdocException e) {
            throw unreadable();
        }
    }

    /** By what the issuer signed it, in JOSE; empty for an mdoc. */
    public Optional<String> algorithm() throws RefusedException {
        return format == Format.MDOC
                ? Optional.empty()
                : Optional.of(sdJwt().issuerJwt().algorithm());
    }

    /** SHA-256 of what the issuer signed: what its log is asked for. */
    public byte[] signedDigest() throws RefusedException {
        return switch (format) {
            case SD_JWT_VC -> LogEntry.digestOf(sdJwt().issuerJwt().compact());
            case MDOC -> document().digest();
        };
    }

    /** An SD-JWT with these disclosures alone. */
    public SdJwt sdJwt(Collection<ClaimPath> claims) throws RefusedException {
        try {
            return sdJwt().present(claims);
        } catch (SdJwtException e) {
            throw unreadable();
        }
    }

    /** A document with these elements alone, each named by namespace and identifier (OpenID4VP 1.0 section 7.2). */
    public IssuerSigned document(Collection<ClaimPath> claims) throws RefusedException {
        return document()
                .disclosing((nameSpace, element) ->
                        claims.contains(ClaimPath.of(nameSpace).then(element)));
    }

    private SdJwt sdJwt() throws RefusedException {
        try {
            return SdJwt.parse(credential, suites);
        } catch (SdJwtException e) {
            throw unreadable();
        }
    }

    private IssuerSigned document() throws RefusedException {
        try {
            return IssuerSigned.fromText(credential);
        } catch (MdocException e) {
            throw unreadable();
        }
    }

    private static Contents vc(SdJwt sdJwt) throws RefusedException {
        try {
            return Contents.of(SdJwtVc.of(sdJwt));
        } catch (SdJwtException e) {
            throw unreadable();
        }
    }

    private static RefusedException unreadable() {
        return new RefusedException(Reason.STORE, "a stored licence cannot be read");
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(format == Format.MDOC ? MDOC : SD_JWT, credential);
        json.put("key", keyAlias);
        if (shownAt != null) {
            json.put("shown", shownAt.toString());
        }
        if (receipt != null) {
            json.put("receipt", receipt.toJson());
        }
        return json;
    }

    static Copy fromJson(Map<String, Object> json, Suites suites) throws JsonException {
        Fields fields = Fields.of(json);
        Optional<Map<String, Object>> receipt = fields.optObject("receipt");
        boolean mdoc = fields.has(MDOC);
        return new Copy(
                mdoc ? Format.MDOC : Format.SD_JWT_VC,
                fields.string(mdoc ? MDOC : SD_JWT),
                fields.string("key"),
                fields.optTime("shown").orElse(null),
                receipt.isPresent() ? Receipt.fromJson(receipt.get()) : null,
                suites);
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Copy[" + keyAlias + "]";
    }
}
