package city.elicence.credentials.verify;

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

/** A trust view in which one thing was used, and all else is free. */
record UsedView(TrustView rest, Nullifier used) implements TrustView {
    @Override
    public Optional<Accreditation> accreditation(Did did) {
        return rest.accreditation(did);
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return rest.byAnchor(certificateSha256);
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return rest.type(vct);
    }

    @Override
    public Optional<StatusKnowledge> status(URI list) {
        return rest.status(list);
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        return rest.logHead(issuer, size);
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return rest.statusHead(issuer, list);
    }

    @Override
    public List<TrustAnchor> rootAnchors() {
        return rest.rootAnchors();
    }

    @Override
    public UseState useState(Nullifier nullifier) {
        return nullifier.equals(used) ? UseState.USED : UseState.FREE;
    }

    @Override
    public Instant asOf() {
        return rest.asOf();
    }
}
