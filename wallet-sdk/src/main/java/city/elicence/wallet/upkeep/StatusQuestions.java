package city.elicence.wallet.upkeep;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusReference;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.PartyTrust;
import city.elicence.credentials.verify.party.StatusTokens;
import city.elicence.credentials.verify.party.StatusVerdict;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the status lists that the wallet's licences refer to. A whole list is fetched: who serves it learns nothing of which entry. */
final class StatusQuestions {
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final StatusTokens tokens;
    private final Supplier<TrustView> trust;
    private final Exchange exchange;
    private final Clock clock;

    StatusQuestions(Supplier<TrustView> trust, Exchange exchange, Suites suites, Clock clock) {
        this.tokens = new StatusTokens(new PartyTrust(suites));
        this.trust = trust;
        this.exchange = exchange;
        this.clock = clock;
    }

    /** Within one round each list is fetched once. */
    Round round() {
        return new Round();
    }

    final class Round {
        private final Map<URI, Optional<String>> fetched = new HashMap<>();

        /** Null where nothing could be learnt. Of several copies the worst counts. */
        HeldLicence.@Nullable KnownStatus ask(HeldLicence licence) {
            HeldLicence.KnownStatus worst = null;
            for (Copy copy : licence.copies()) {
                HeldLicence.KnownStatus known = ask(licence, copy);
                if (known == null) {
                    return null;
                }
                boolean worse = worst == null || severity(known.state()) > severity(worst.state());
                worst = worse ? known : worst;
            }
            return worst;
        }

        private HeldLicence.@Nullable KnownStatus ask(HeldLicence licence, Copy copy) {
            try {
                Object status = copy.contents().status();
                if (status == null) {
                    return null;
                }
                StatusReference reference = StatusReference.fromClaim(status);
                String token = fetched.computeIfAbsent(reference.uri(), StatusQuestions.this::fetch)
                        .orElse(null);
                return token == null ? null : read(licence, copy, reference, token);
            } catch (StatusException | RefusedException e) {
                return null;
            }
        }
    }

    private Optional<String> fetch(URI uri) {
        if (!SafeUri.isSafe(uri)) {
            return Optional.empty();
        }
        try {
            HttpReply reply = exchange.get(uri, StatusToken.ACCEPT);
            return reply.ok() && StatusToken.MEDIA_TYPES.contains(reply.mediaType())
                    ? Optional.of(reply.body().trim())
                    : Optional.empty();
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private HeldLicence.@Nullable KnownStatus read(
            HeldLicence licence, Copy copy, StatusReference reference, String token)
            throws StatusException, RefusedException {
        Instant now = clock.instant();
        if (!licence.issuer().accredited()) {
            // An issuer that nobody here knows: the list must be signed by the key that signed the licence.
            CertificateChain chain = copy.chain().orElse(null);
            if (chain == null) {
                return null;
            }
            StatusToken parsed = StatusToken.read(token);
            StatusList list = parsed.check(chain.leafKey(), reference.uri(), now, SKEW);
            return new HeldLicence.KnownStatus(state(list.get(reference.index())), parsed.issuedAt());
        }
        StatusVerdict verdict = tokens.verify(token, reference.uri(), trust.get(), now);
        if (!(verdict instanceof StatusVerdict.Known known)
                || !known.knowledge().signedBy().value().equals(licence.issuer().did())) {
            return null;
        }
        return new HeldLicence.KnownStatus(
                state(known.knowledge().list().get(reference.index())),
                known.knowledge().issuedAt());
    }

    /** Section 7.1: what is neither valid nor suspended is not in force. */
    private static CardState state(int status) {
        return switch (status) {
            case StatusList.VALID -> CardState.VALID;
            case StatusList.SUSPENDED -> CardState.SUSPENDED;
            default -> CardState.REVOKED;
        };
    }

    private static int severity(CardState state) {
        return state == CardState.REVOKED ? 2 : state == CardState.SUSPENDED ? 1 : 0;
    }
}
