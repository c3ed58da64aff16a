package city.elicence.ledger.view;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A ledger view joined with what a verifier knows from elsewhere. */
record LedgerTrust(
        LedgerView ledger, Function<URI, Optional<StatusKnowledge>> statusLists, List<TrustAnchor> rootAnchors)
        implements TrustView {

    @Override
    public Optional<Accreditation> accreditation(Did did) {
        return ledger.accreditation(did);
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return ledger.byAnchor(certificateSha256);
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return ledger.type(vct);
    }

    @Override
    public Optional<StatusKnowledge> status(URI list) {
        return statusLists.apply(list);
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        return ledger.logHead(issuer, size);
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return ledger.statusHead(issuer, list);
    }

    @Override
    public UseState useState(Nullifier nullifier) {
        return ledger.isTaken(nullifier) ? UseState.USED : UseState.FREE;
    }

    @Override
    public Instant asOf() {
        return ledger.asOf();
    }
}
