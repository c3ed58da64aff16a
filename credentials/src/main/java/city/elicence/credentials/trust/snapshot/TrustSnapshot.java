package city.elicence.credentials.trust.snapshot;

import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trust view that does not change: what was known at {@link #asOf}. {@link SnapshotJson} signs it and reads it back, so that a
 * phone without network can check by it.
 */
public final class TrustSnapshot implements TrustView {
    private final Instant asOf;
    private final Map<Did, Accreditation> accreditations = new HashMap<>();
    private final Map<String, Accreditation> byAnchor = new HashMap<>();
    private final Map<String, TypeRecord> types = new HashMap<>();
    private final Map<HeadKey, LogHead> logHeads = new HashMap<>();
    private final Map<ListKey, StatusHead> statusHeads = new HashMap<>();
    private final Map<URI, StatusKnowledge> statuses = new HashMap<>();
    private final List<TrustAnchor> roots = new ArrayList<>();

    private record HeadKey(Did did, long size) {}

    private record ListKey(Did did, URI list) {}

    private TrustSnapshot(Instant asOf) {
        this.asOf = asOf;
    }

    /** Collects a snapshot; of two entries for one thing the later counts. */
    public static final class Builder {
        private final TrustSnapshot snapshot;

        private Builder(Instant asOf) {
            this.snapshot = new TrustSnapshot(asOf);
        }

        public Builder accreditations(Collection<Accreditation> all) {
            for (Accreditation accreditation : all) {
                snapshot.accreditations.put(accreditation.did(), accreditation);
                for (Anchor anchor : accreditation.anchors()) {
                    snapshot.byAnchor.put(anchor.sha256(), accreditation);
                }
            }
            return this;
        }

        public Builder types(Collection<TypeRecord> all) {
            all.forEach(type -> snapshot.types.put(type.vct(), type));
            return this;
        }

        public Builder logHeads(Collection<LogHead> all) {
            all.forEach(head -> snapshot.logHeads.put(new HeadKey(head.did(), head.size()), head));
            return this;
        }

        public Builder statusHeads(Collection<StatusHead> all) {
            all.forEach(head -> snapshot.statusHeads.put(new ListKey(head.did(), head.list()), head));
            return this;
        }

        public Builder statuses(Collection<StatusKnowledge> all) {
            all.forEach(known -> snapshot.statuses.put(known.uri(), known));
            return this;
        }

        public Builder roots(Collection<X509Certificate> all) {
            all.forEach(root -> snapshot.roots.add(new TrustAnchor(root, null)));
            return this;
        }

        public TrustSnapshot build() {
            return snapshot;
        }
    }

    public static Builder asOf(Instant asOf) {
        return new Builder(asOf);
    }

    @Override
    public Optional<Accreditation> accreditation(Did did) {
        return Optional.ofNullable(accreditations.get(did));
    }

    @Override
    public Optional<Accreditation> byAnchor(String certificateSha256) {
        return Optional.ofNullable(byAnchor.get(certificateSha256));
    }

    @Override
    public Optional<TypeRecord> type(String vct) {
        return Optional.ofNullable(types.get(vct));
    }

    @Override
    public Optional<StatusKnowledge> status(URI list) {
        return Optional.ofNullable(statuses.get(list));
    }

    @Override
    public Optional<LogHead> logHead(Did issuer, long size) {
        return Optional.ofNullable(logHeads.get(new HeadKey(issuer, size)));
    }

    @Override
    public Optional<StatusHead> statusHead(Did issuer, URI list) {
        return Optional.ofNullable(statusHeads.get(new ListKey(issuer, list)));
    }

    @Override
    public List<TrustAnchor> rootAnchors() {
        return Collections.unmodifiableList(roots);
    }

    @Override
    public Instant asOf() {
        return asOf;
    }

    Collection<Accreditation> accreditations() {
        return accreditations.values();
    }

    Collection<TypeRecord> types() {
        return types.values();
    }

    Collection<LogHead> logHeads() {
        return logHeads.values();
    }

    Collection<StatusHead> statusHeads() {
        return statusHeads.values();
    }

    Collection<StatusKnowledge> statuses() {
        return statuses.values();
    }
}
