package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.AnchoredPath;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Period;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers certificate chains that were parsed and paths that were validated. Sound, because the keys are the certificates
 * themselves: the whole chain, byte for byte, and the SHA-256 of the anchor. Of a valid path only the times depend on the moment, and
 * the period in which all its certificates are valid is kept with it. That no path was found is never remembered.
 */
final class ChainCache {
    private static final int CHAINS = 1024;

    private final Suites taken;
    private final Map<List<String>, Known> known = Collections.synchronizedMap(new Recent<>());

    /** A parsed chain and, by anchor, the periods in which its paths are valid. */
    private record Known(CertificateChain chain, Map<String, Period> paths) {}

    ChainCache(Suites taken) {
        this.taken = taken;
    }

    CertificateChain parse(List<String> x5c) throws JoseException {
        Known found = known.get(x5c);
        return found == null ? CertificateChain.fromX5c(x5c, taken) : found.chain();
    }

    boolean anchored(CertificateChain chain, Anchor anchor, Instant at) throws JsonException {
        List<String> key = chain.toX5c();
        Known found = known.get(key);
        if (found != null) {
            Period valid = found.paths().get(anchor.sha256());
            if (valid != null && valid.contains(at)) {
                return true;
            }
        }
        X509Certificate authority = anchor.toCertificate(chain.leafKey().suite());
        Optional<AnchoredPath> path = chain.anchoredBy(Set.of(new TrustAnchor(authority, null)), at);
        if (!path.isPresent()) {
            return false;
        }
        known.computeIfAbsent(key, k -> new Known(chain, new ConcurrentHashMap<>()))
                .paths()
                .put(
                        anchor.sha256(),
                        new Period(path.get().validFrom(), path.get().validUntil()));
        return true;
    }

    /** The least recently used goes first. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
            return size() > CHAINS;
        }
    }
}
