package city.elicence.credentials.verify;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.trust.Did;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier expects of a presentation. Start from {@link #online}, {@link #offline} or {@link #receivedFromIssuer} and change
 * what differs.
 *
 * @param binding who must have signed, for whom
 * @param types the accepted {@code vct}s; empty means every type on the ledger
 * @param relyingParty who asks, when that is to be checked
 * @param asked the claims that were asked for; when empty, what was disclosed counts as asked
 * @param maxAge of the holder's signature
 * @param skew between clocks
 * @param status whether a fresh status must be known
 * @param maxStatusAge since the status list's own time
 * @param receipt whether the credential must be shown to be anchored
 * @param useOnce the use that is intended, or null
 */
public record Expectation(
        HolderBinding binding,
        Set<String> types,
        @Nullable Did relyingParty,
        List<ClaimPath> asked,
        Duration maxAge,
        Duration skew,
        Need status,
        Duration maxStatusAge,
        Need receipt,
        @Nullable UseOnce useOnce) {
    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(60);
    private static final Duration DEFAULT_STATUS_AGE = Duration.ofMinutes(15);

    public Expectation {
        types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
        asked = Collections.unmodifiableList(new ArrayList<>(asked));
        if (maxAge.isNegative() || skew.isNegative() || maxStatusAge.isNegative()) {
            throw new IllegalArgumentException("expected ages that are not negative");
        }
    }

    /** The answer to a request that carried this nonce, from this verifier. */
    public static Expectation online(String nonce, String audience) {
        return new Expectation(
                new HolderBinding.Online(nonce, audience),
                Set.of(),
                null,
                List.of(),
                Duration.ofMinutes(5),
                DEFAULT_SKEW,
                Need.REQUIRED,
                DEFAULT_STATUS_AGE,
                Need.IF_PRESENT,
                null);
    }

    /** A rotating code, checked from what is carried: status and receipt as far as they are known. */
    public static Expectation offline() {
        return new Expectation(
                new HolderBinding.Offline(),
                Set.of(),
                null,
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Need.IF_PRESENT,
                Duration.ofHours(24),
                Need.IF_PRESENT,
                null);
    }

    /** A wallet's look at what an issuer sent it. */
    public static Expectation receivedFromIssuer() {
        return new Expectation(
                new HolderBinding.DangerouslyNotChecked(),
                Set.of(),
                null,
                List.of(),
                Duration.ZERO,
                DEFAULT_SKEW,
                Need.IF_PRESENT,
                DEFAULT_STATUS_AGE,
                Need.IF_PRESENT,
                null);
    }

    /** The same of a mobile document, whose session stands for nonce, audience and age. */
    public Expectation inSession(SessionTranscript transcript, @Nullable SoftwareKey readerKey) {
        return new Expectation(
                new HolderBinding.Session(transcript, readerKey),
                types,
                relyingParty,
                asked,
                maxAge,
                skew,
                status,
                maxStatusAge,
                receipt,
                useOnce);
    }

    public Expectation ofTypes(Collection<String> vcts) {
        return new Expectation(
                binding,
                new LinkedHashSet<>(vcts),
                relyingParty,
                asked,
                maxAge,
                skew,
                status,
                maxStatusAge,
                receipt,
                useOnce);
    }

    /** Who asks, and for what. */
    public Expectation askedBy(Did party, Collection<ClaimPath> claims) {
        return new Expectation(
                binding, types, party, new ArrayList<>(claims), maxAge, skew, status, maxStatusAge, receipt, useOnce);
    }

    public Expectation withMaxAge(Duration age, Duration clockSkew) {
        return new Expectation(
                binding, types, relyingParty, asked, age, clockSkew, status, maxStatusAge, receipt, useOnce);
    }

    public Expectation withStatus(Need need, Duration age) {
        return new Expectation(binding, types, relyingParty, asked, maxAge, skew, need, age, receipt, useOnce);
    }

    public Expectation withReceipt(Need need) {
        return new Expectation(binding, types, relyingParty, asked, maxAge, skew, status, maxStatusAge, need, useOnce);
    }

    public Expectation withUseOnce(UseOnce use) {
        return new Expectation(binding, types, relyingParty, asked, maxAge, skew, status, maxStatusAge, receipt, use);
    }
}
