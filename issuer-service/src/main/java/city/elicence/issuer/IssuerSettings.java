package city.elicence.issuer;

import city.elicence.credentials.jose.Suites;
import city.elicence.issuer.citizen.IdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the issuer service runs. Start from {@link #usual} and change what a city wants otherwise.
 *
 * @param dataKey 32 random bytes under which personal data is sealed; never in the database, never in a log
 * @param typesFolder further licence types, read while running; null for none
 * @param zone where the city is: what day it is, and when a licence's last day ends
 * @param limits ages, counts and sizes
 * @param certificatePort where, with TLS, clients connect that authenticate by a certificate; 0 for any free port
 * @param identityProvider where citizens sign in; null: with a code from the counter
 * @param suites by which authorities may be enrolled to sign licences
 */
public record IssuerSettings(
        DataKey dataKey,
        @Nullable Path typesFolder,
        ZoneId zone,
        Limits limits,
        int certificatePort,
        @Nullable IdentityProvider identityProvider,
        Suites suites) {
    public IssuerSettings {
        Objects.requireNonNull(dataKey);
        Objects.requireNonNull(zone);
        Objects.requireNonNull(limits);
    }

    /** A Chinese city with the usual limits. */
    public static IssuerSettings usual(byte[] dataKey, @Nullable Path typesFolder) {
        return new IssuerSettings(
                new DataKey(dataKey),
                typesFolder,
                ZoneId.of("Asia/Shanghai"),
                Limits.usual(),
                0,
                null,
                Suites.ES256_ALONE);
    }

    /** The same settings with other limits. */
    public IssuerSettings with(Limits other) {
        return new IssuerSettings(dataKey, typesFolder, zone, other, certificatePort, identityProvider, suites);
    }

    /** The same settings with a fixed port for clients that authenticate by a certificate. */
    public IssuerSettings withCertificatePort(int port) {
        return new IssuerSettings(dataKey, typesFolder, zone, limits, port, identityProvider, suites);
    }

    /** The same settings with a city's identity platform, at which citizens sign in instead of with a code from the counter. */
    public IssuerSettings with(IdentityProvider provider) {
        return new IssuerSettings(dataKey, typesFolder, zone, limits, certificatePort, provider, suites);
    }

    /** The same settings with these suites: an authority that is enrolled with a key of one signs SD-JWT VCs by it. */
    public IssuerSettings with(Suites taken) {
        return new IssuerSettings(dataKey, typesFolder, zone, limits, certificatePort, identityProvider, taken);
    }

    /** A key that does not print itself. */
    public static final class DataKey {
        private final byte[] bytes;

        public DataKey(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "DataKey";
        }
    }

    /**
     * Ages, counts and sizes.
     *
     * @param offerLife how long a wallet may come for an offer
     * @param txCodeTries wrong transaction codes before the offer is dead
     * @param nonceLife how long a server nonce is taken
     * @param accessTokenLife how long an access token is taken
     * @param refreshTokenLife how long a wallet may renew without a citizen
     * @param batchSize copies of a licence in one request
     * @param issuancesPerGrant credential responses from one act of authorisation
     * @param statusListSize places in a status list
     * @param statusTtl how long a status token may be kept ({@code ttl})
     * @param statusLife how long a status token is valid ({@code exp})
     * @param anchorEvery pause between two rounds of anchoring
     * @param anchorBatch entries appended to a log in one round
     */
    public record Limits(
            Duration offerLife,
            int txCodeTries,
            Duration nonceLife,
            Duration accessTokenLife,
            Duration refreshTokenLife,
            int batchSize,
            int issuancesPerGrant,
            int statusListSize,
            Duration statusTtl,
            Duration statusLife,
            Duration anchorEvery,
            int anchorBatch) {
        private static final int STATUS_LIST_MINIMUM = 1 << 10;

        public Limits {
            if (batchSize < 2 || txCodeTries < 1 || issuancesPerGrant < 1 || anchorBatch < 1) {
                throw new IllegalArgumentException("a batch has at least 2 copies, every other count is at least 1");
            }
            if (statusListSize < STATUS_LIST_MINIMUM || Integer.bitCount(statusListSize) != 1) {
                throw new IllegalArgumentException(
                        "a status list has a power of two places, at least " + STATUS_LIST_MINIMUM);
            }
        }

        public static Limits usual() {
            return new Limits(
                    Duration.ofMinutes(30),
                    5,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofDays(90),
                    20,
                    200,
                    1 << 17,
                    Duration.ofSeconds(30),
                    Duration.ofHours(12),
                    Duration.ofMillis(500),
                    2_000);
        }
    }
}
