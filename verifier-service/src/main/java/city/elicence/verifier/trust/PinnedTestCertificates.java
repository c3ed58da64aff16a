package city.elicence.verifier.trust;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one exception to "the ledger says who may issue": test certificates that an administrator pinned at run time, so
 * that a conformance suite or a foreign issuer under test can be verified. Every pin is in the log, and every verdict that
 * rests on one names its issuer as not accredited.
 */
public final class PinnedTestCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(PinnedTestCertificates.class);
    private static final int MOST = 20;

    private final Pool pool;
    private final Clock clock;
    private final Map<String, Pin> pins = new ConcurrentHashMap<>();

    PinnedTestCertificates(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * A pinned signer.
     *
     * @param sha256 of its leaf certificate, lower-case hexadecimal
     * @param vct the one type that it may sign
     * @param claims what every relying party here may ask of that type
     */
    public record Pin(String sha256, String vct, List<ClaimPath> claims, String label, Instant pinnedAt) {
        public Pin {
            claims = List.copyOf(claims);
        }
    }

    /** Trusts a test certificate, for one type, without any accreditation. */
    public Pin dangerouslyPin(X509Certificate leaf, String vct, List<ClaimPath> claims, String label, String by) {
        if (pins.size() >= MOST) {
            throw new IllegalStateException("at most " + MOST + " test certificates are pinned");
        }
        Pin pin = new Pin(CertificateChain.fingerprint(leaf), vct, claims, label, clock.instant());
        pool.preparedQuery("""
                        insert into dangerously_pinned_test_certificate (sha256, vct, claims, label, pinned_by, pinned_at)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (sha256) do update set vct = excluded.vct, claims = excluded.claims,
                          label = excluded.label, pinned_by = excluded.pinned_by, pinned_at = excluded.pinned_at""")
                .execute(Tuple.of(
                        pin.sha256(),
                        vct,
                        Json.write(claims.stream().map(ClaimPath::toJson).toList()),
                        label,
                        by,
                        OffsetDateTime.ofInstant(pin.pinnedAt(), ZoneOffset.UTC)))
                .await();
        pins.put(pin.sha256(), pin);
        LOG.warn("test certificate {} is trusted for {} without accreditation, by {}", pin.sha256(), vct, by);
        return pin;
    }

    /** Ends the exception; whether there was one. */
    public boolean unpin(String sha256) {
        pool.preparedQuery("delete from dangerously_pinned_test_certificate where sha256 = $1")
                .execute(Tuple.of(sha256))
                .await();
        return pins.remove(sha256) != null;
    }

    /** All that are pinned now. */
    public List<Pin> all() {
        return List.copyOf(pins.values());
    }

    void restore() {
        for (Row row : pool.preparedQuery(
                        "select sha256, vct, claims, label, pinned_at from dangerously_pinned_test_certificate limit $1")
                .execute(Tuple.of(MOST))
                .await()) {
            try {
                List<ClaimPath> claims = new ArrayList<>();
                if (Json.parse(row.getString("claims")) instanceof List<?> list) {
                    for (Object path : list) {
                        claims.add(ClaimPath.fromJson(path));
                    }
                }
                pins.put(
                        row.getString("sha256"),
                        new Pin(
                                row.getString("sha256"),
                                row.getString("vct"),
                                claims,
                                row.getString("label"),
                                row.getOffsetDateTime("pinned_at").toInstant()));
                LOG.warn("test certificate {} is trusted without accreditation", row.getString("sha256"));
            } catch (JsonException unreadable) {
                LOG.warn("a pinned test certificate cannot be read and is left out");
            }
        }
    }
}
