package city.elicence.credentials.jose;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A validated path: the anchor to which it leads, and the period in which every certificate on it, without the anchor, is valid. */
public record AnchoredPath(TrustAnchor anchor, Instant validFrom, Instant validUntil) {
    static AnchoredPath of(TrustAnchor anchor, List<X509Certificate> path) {
        Instant from = Instant.MIN;
        Instant until = Instant.MAX;
        for (X509Certificate certificate : path) {
            Instant notBefore = certificate.getNotBefore().toInstant();
            Instant notAfter = certificate.getNotAfter().toInstant();
            from = notBefore.isAfter(from) ? notBefore : from;
            until = notAfter.isBefore(until) ? notAfter : until;
        }
        return new AnchoredPath(anchor, from, until);
    }
}
