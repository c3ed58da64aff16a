package city.elicence.wallet.party;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.verify.party.Ask;
import city.elicence.credentials.verify.party.RequestChecks;
import city.elicence.credentials.verify.party.RequestVerdict;
import city.elicence.credentials.verify.party.VerifiedParty;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Verified;
import city.elicence.wallet.outcome.Words;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the city's trust who signed something, and whether they may ask what they ask. */
public final class Vouching {
    private final RequestChecks checks = new RequestChecks();
    private final Supplier<TrustView> trust;
    private final Clock clock;

    public Vouching(Supplier<TrustView> trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /** The accredited party whose key made the signature, or null where there is none. */
    public @Nullable VerifiedParty signerOf(Jws signed) {
        return checks.check(signed, List.of(), trust.get(), clock.instant())
                .<@Nullable VerifiedParty>fold(RequestVerdict.Allowed::party, refused -> null);
    }

    /**
     * The accredited party that signed a request and may ask all of it; null where the signer is a stranger to this
     * city.
     *
     * @throws RefusedException where the signer is accredited and asks for more than it may
     */
    public @Nullable Party askerOf(String clientId, Jws request, List<Ask> asks) throws RefusedException {
        return asker(clientId, checks.check(request, asks, trust.get(), clock.instant()));
    }

    /**
     * The accredited party that signed a reader's request for this session; null where nobody did, or a stranger.
     *
     * @throws RefusedException where the signer is accredited and asks for more than it may
     */
    public @Nullable Party readerOf(DocumentRequest request, SessionTranscript session) throws RefusedException {
        RequestVerdict verdict = checks.check(request, session, trust.get(), clock.instant());
        String id = verdict.fold(allowed -> allowed.party().did().value(), refused -> "");
        return asker(id, verdict);
    }

    private static @Nullable Party asker(String id, RequestVerdict verdict) throws RefusedException {
        if (verdict instanceof RequestVerdict.Refused refused) {
            if (refused.refusal() == Refusal.RELYING_PARTY_UNKNOWN
                    || refused.refusal() == Refusal.RELYING_PARTY_UNTRUSTED) {
                return null;
            }
            throw new RefusedException(Verified.refusal(refused.refusal(), refused.detail()));
        }
        return accredited(id, ((RequestVerdict.Allowed) verdict).party());
    }

    /**
     * The same for a party whose key the ledger itself gave, and whose signature by that key was verified.
     *
     * @throws RefusedException where it is accredited and asks for more than it may
     */
    public @Nullable Party askerNamed(String clientId, String did, List<Ask> asks) throws RefusedException {
        Accreditation accreditation;
        try {
            Did party = Did.parse(did);
            accreditation = trust.get().accreditation(party).orElse(null);
            if (accreditation == null) {
                return null;
            }
            RequestVerdict.Refused refused = RequestChecks.overAsk(party, asks, trust.get(), clock.instant())
                    .orElse(null);
            if (refused != null) {
                throw new RefusedException(Verified.refusal(refused.refusal(), refused.detail()));
            }
        } catch (JsonException e) {
            // A DID of another method: nobody here vouches for it.
            return null;
        }
        return accredited(clientId, accreditation);
    }

    public static Party accredited(String id, VerifiedParty party) {
        return accredited(id, party.accreditation());
    }

    private static Party accredited(String id, Accreditation accreditation) {
        Names names = accreditation.names();
        return new Party(
                id,
                new Words(names.zh(), names.en()),
                Standing.ACCREDITED,
                accreditation.did().value());
    }
}
