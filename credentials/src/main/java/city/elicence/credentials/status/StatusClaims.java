package city.elicence.credentials.status;

import city.elicence.credentials.status.StatusException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a status list token says besides the list (§5.1, §5.2), the same as JWT and as CWT. */
final class StatusClaims {
    private final URI subject;
    private final Instant issuedAt;
    private final Optional<Instant> expires;
    private final Optional<Duration> ttl;

    StatusClaims(URI subject, Instant issuedAt, Optional<Instant> expires, Optional<Duration> ttl)
            throws StatusException {
        this.subject = subject;
        this.issuedAt = issuedAt;
        this.expires = expires;
        this.ttl = ttl;
        if (ttl.isPresent() && (ttl.get().isNegative() || ttl.get().isZero())) {
            throw new StatusException(Reason.MALFORMED_TOKEN, "ttl must be positive");
        }
    }

    /** §8.3 step 4. */
    void check(URI uriInCredential, Instant now, Duration skew) throws StatusException {
        if (!subject.equals(uriInCredential)) {
            throw new StatusException(Reason.WRONG_SUBJECT, "sub is not the uri of the credential's status reference");
        }
        if (issuedAt.isAfter(now.plus(skew))) {
            throw new StatusException(Reason.NOT_YET_ISSUED, "iat lies in the future");
        }
        if (expires.isPresent() && !now.minus(skew).isBefore(expires.get())) {
            throw new StatusException(Reason.EXPIRED, "exp has passed");
        }
    }

    boolean isStale(Instant fetchedAt, Instant now) {
        return ttl.isPresent() && Duration.between(fetchedAt, now).compareTo(ttl.get()) > 0;
    }

    URI subject() {
        return subject;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    Optional<Instant> expires() {
        return expires;
    }

    Optional<Duration> ttl() {
        return ttl;
    }
}
