package city.elicence.issuer.issue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.mdoc.DataElements;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.status.StatusReference;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.issuer.vault.Digest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Writes and signs one mobile document (ISO/IEC 18013-5 §9.1.2): one copy of a licence, for one key. */
final class DocumentMaker {
    private static final SecureRandom RANDOM = new SecureRandom();

    private DocumentMaker() {}

    static Copy make(CopyMaker.Batch batch, EcPublicKey holder, StatusReference status) {
        DocumentSigner signer = Objects.requireNonNull(batch.tenant().documentSigner());
        Instant signed = signingTime(batch.now(), signer);
        DataElements elements = new DataElements(
                Objects.requireNonNull(batch.type().mdoc()),
                batch.tenant().names().en(),
                RANDOM);
        IssuerSigned document = IssuerSigned.issue(
                Objects.requireNonNull(batch.type().mdoc()).doctype(),
                elements.of(batch.claims()),
                holder,
                new SecurityObject.Validity(signed, signed, batch.until()),
                status.toClaim(),
                signer.key(),
                signer.chain());
        return new Copy(document.toText(), Digest.of(document.digest()), batch.until());
    }

    /**
     * Rounded to the hour, so that verifiers cannot tell by it which copies belong together; but never before the
     * signer's certificates began, within whose time §9.3.1 wants it.
     */
    private static Instant signingTime(Instant now, DocumentSigner signer) {
        Instant time = now.truncatedTo(ChronoUnit.HOURS);
        for (X509Certificate certificate : signer.chain().certificates()) {
            Instant began = certificate.getNotBefore().toInstant();
            time = began.isAfter(time) ? began : time;
        }
        return time;
    }
}
