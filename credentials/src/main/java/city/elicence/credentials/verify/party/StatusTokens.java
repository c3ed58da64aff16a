package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusToken;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.StatusKnowledge;
import city.elicence.credentials.trust.StatusKnowledge.Anchoring;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Status list tokens as fetched or stapled: who signed them, and whether the ledger witnesses them. Safe for many threads. */
public final class StatusTokens {
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final PartyTrust parties;

    public StatusTokens() {
        this(new PartyTrust());
    }

    public StatusTokens(PartyTrust parties) {
        this.parties = parties;
    }

    /** Verifies the token of the list at {@code uri}, in either form (Token Status List §8.3), {@code now} being when it was fetched. */
    public StatusVerdict verify(String token, URI uri, TrustView trust, Instant now) {
        try {
            StatusToken parsed = StatusToken.read(token);
            VerifiedParty signer = signature(parsed).party(trust, parsed.issuedAt());
            StatusList list = parsed.check(signer.key(), uri, now, SKEW);
            return new StatusVerdict.Known(new StatusKnowledge(
                    uri,
                    signer.did(),
                    list,
                    parsed.issuedAt(),
                    parsed.expires().orElse(null),
                    now,
                    anchoring(parsed, signer.did(), uri, trust),
                    token));
        } catch (RefusedException e) {
            return new StatusVerdict.Rejected(
                    Refusal.STATUS_TOKEN_INVALID, e.refusal().code() + ": " + e.detail());
        } catch (StatusException e) {
            Refusal refusal = e.reason() == StatusException.Reason.EXPIRED
                    ? Refusal.STATUS_TOO_OLD
                    : Refusal.STATUS_TOKEN_INVALID;
            return new StatusVerdict.Rejected(refusal, String.valueOf(e.getMessage()));
        } catch (JoseException | RuntimeException e) {
            return new StatusVerdict.Rejected(
                    Refusal.STATUS_TOKEN_INVALID, e.getClass().getSimpleName());
        }
    }

    private VerifiedSignature signature(StatusToken token) throws RefusedException, JoseException {
        return token instanceof StatusListCwt cwt ? parties.verify(cwt) : parties.verify(Jws.parse(token.text()));
    }

    /** How a token stands to the ledger; what is anchored carries the time of the anchored token as its version. */
    static Anchoring anchoring(StatusToken token, Did signer, URI uri, TrustView trust) {
        Optional<StatusHead> head = trust.statusHead(signer, uri);
        if (!head.isPresent()) {
            return Anchoring.UNKNOWN;
        }
        if (head.get().tokenSha256().equals(token.sha256())) {
            return Anchoring.ANCHORED;
        }
        return token.issuedAt().getEpochSecond() < head.get().version() ? Anchoring.OLDER : Anchoring.NEWER;
    }
}
