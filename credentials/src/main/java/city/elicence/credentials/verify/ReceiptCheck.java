package city.elicence.credentials.verify;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.VerifiedIssuer;
import city.elicence.credentials.verify.refusal.Check;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import city.elicence.credentials.verify.shown.HolderProof;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The proof that the credential is in its issuer's log, under a head that the ledger witnesses. It is required where the issuer's
 * accreditation has ended: otherwise whoever holds an old key could date credentials back.
 */
final class ReceiptCheck {
    /** The claim of the key binding JWT that carries a receipt. */
    static final String CLAIM = "anchor_receipt";

    private final Expectation expectation;
    private final TrustView trust;

    ReceiptCheck(Expectation expectation, TrustView trust) {
        this.expectation = expectation;
        this.trust = trust;
    }

    CheckResult check(byte[] logDigest, Optional<Receipt> receipt, VerifiedIssuer issuer, Optional<Instant> ended)
            throws RefusedException {
        if (!receipt.isPresent()) {
            return insufficient(Refusal.RECEIPT_MISSING, "no anchor receipt", ended);
        }
        Receipt proof = receipt.get();
        if (!proof.log().equals(issuer.did().value())) {
            throw new RefusedException(Refusal.RECEIPT_INVALID, "expected a receipt of the log of " + issuer.did());
        }
        if (!proof.proves(logDigest)) {
            throw new RefusedException(Refusal.RECEIPT_INVALID, "expected a path from this credential to the root");
        }
        Optional<LogHead> head = trust.logHead(issuer.did(), proof.size());
        if (!head.isPresent()) {
            return insufficient(
                    Refusal.RECEIPT_HEAD_UNKNOWN, "the head of size " + proof.size() + " is not known here", ended);
        }
        if (!head.get().root().equals(proof.root().toBase64Url())) {
            throw new RefusedException(
                    Refusal.RECEIPT_CONTRADICTS_LEDGER, "the ledger has another root for size " + proof.size());
        }
        Instant anchored = head.get().at();
        if (ended.isPresent() && anchored.isAfter(ended.get())) {
            throw new RefusedException(
                    Refusal.NOT_PROVEN_IN_TIME, "anchored at " + anchored + ", accreditation ended at " + ended.get());
        }
        return new CheckResult(
                Check.ANCHOR_RECEIPT, CheckResult.Outcome.PASSED, "anchored on the ledger since " + anchored);
    }

    /** The receipt beside the presentation, else the one that the holder signed into it. */
    static Optional<Receipt> receipt(Presentation presentation, Optional<HolderProof> proof) throws RefusedException {
        if (presentation.receipt() != null) {
            return Optional.of(presentation.receipt());
        }
        if (!proof.isPresent()) {
            return Optional.empty();
        }
        try {
            Optional<Map<String, Object>> json =
                    Fields.of(proof.get().statement()).optObject(CLAIM);
            return json.isPresent() ? Optional.of(Receipt.fromJson(json.get())) : Optional.empty();
        } catch (JsonException e) {
            throw new RefusedException(Refusal.RECEIPT_INVALID, CLAIM + ": expected a receipt");
        }
    }

    private CheckResult insufficient(Refusal refusal, String detail, Optional<Instant> ended) throws RefusedException {
        if (ended.isPresent()) {
            throw new RefusedException(
                    Refusal.NOT_PROVEN_IN_TIME, detail + ", and the accreditation ended at " + ended.get());
        }
        if (expectation.receipt() == Need.REQUIRED) {
            throw new RefusedException(refusal, detail);
        }
        return new CheckResult(Check.ANCHOR_RECEIPT, CheckResult.Outcome.WARNED, detail);
    }
}
