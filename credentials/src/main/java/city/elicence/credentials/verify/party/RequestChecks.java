package city.elicence.credentials.verify.party;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and may they: made by the wallet before its holder is asked to consent, and by the verifier before it asks. Safe for
 * many threads; keep one, it remembers certificate chains.
 */
public final class RequestChecks {
    /** Claims that every presentation shows anyway. */
    private static final Set<String> ALWAYS_SHOWN = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")));

    private final PartyTrust parties = new PartyTrust();

    /** A signed request object: its signature, its signer's chain and accreditation, and each thing that it asks for. */
    public RequestVerdict check(Jws request, List<Ask> asks, TrustView trust, Instant now) {
        try {
            VerifiedParty party = parties.verify(request).party(trust, now);
            requireMayAsk(party.accreditation(), asks, trust, now);
            return new RequestVerdict.Allowed(party);
        } catch (RefusedException e) {
            return refused(e);
        } catch (RuntimeException e) {
            return new RequestVerdict.Refused(Refusal.INTERNAL, e.getClass().getSimpleName());
        }
    }

    /** A reader's request for a document, signed for this session. */
    public RequestVerdict check(DocumentRequest request, SessionTranscript session, TrustView trust, Instant now) {
        try {
            VerifiedParty party = parties.verify(request, session).party(trust, now);
            requireMayAsk(party.accreditation(), List.of(new Ask(request.docType(), request.paths())), trust, now);
            return new RequestVerdict.Allowed(party);
        } catch (RefusedException e) {
            return refused(e);
        } catch (RuntimeException e) {
            return new RequestVerdict.Refused(Refusal.INTERNAL, e.getClass().getSimpleName());
        }
    }

    /** Whether a party may ask for all this now; empty when it may. */
    public static Optional<RequestVerdict.Refused> overAsk(Did party, List<Ask> asks, TrustView trust, Instant now) {
        try {
            Accreditation accreditation = trust.accreditation(party)
                    .orElseThrow(
                            () -> new RefusedException(Refusal.RELYING_PARTY_UNKNOWN, party + " has no accreditation"));
            requireMayAsk(accreditation, asks, trust, now);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(refused(e));
        }
    }

    /** Refuses unless the party may ask for each of these claims of a type. */
    public static void requireMayAsk(Accreditation asker, String type, List<ClaimPath> claims, Instant now)
            throws RefusedException {
        if (!asker.mayAskAbout(type, now)) {
            throw new RefusedException(Refusal.ASKS_TOO_MUCH, asker.did() + " may not ask about " + type);
        }
        for (ClaimPath claim : claims) {
            if (!isAlwaysShown(claim) && !asker.mayAsk(type, claim, now)) {
                throw new RefusedException(
                        Refusal.ASKS_TOO_MUCH, asker.did() + " may not ask for " + claim + " of " + type);
            }
        }
    }

    private static void requireMayAsk(Accreditation asker, List<Ask> asks, TrustView trust, Instant now)
            throws RefusedException {
        for (Ask ask : asks) {
            TypeRecord type = trust.type(ask.vct())
                    .orElseThrow(() -> new RefusedException(Refusal.TYPE_UNKNOWN, "vct: not a type on the ledger"));
            requireMayAsk(asker, type.id(), ask.claims(), now);
        }
    }

    private static boolean isAlwaysShown(ClaimPath claim) {
        Object first = claim.steps().get(0);
        return first != null && ALWAYS_SHOWN.contains(first);
    }

    /** What is wrong with an issuer is said differently of one who asks. */
    private static RequestVerdict.Refused refused(RefusedException e) {
        Refusal refusal = switch (e.refusal()) {
            case ISSUER_UNKNOWN -> Refusal.RELYING_PARTY_UNKNOWN;
            case ALGORITHM_NOT_TAKEN, ISSUER_CERTIFICATE_MISSING, ISSUER_SIGNATURE_INVALID, ISSUER_CHAIN_UNTRUSTED ->
                Refusal.RELYING_PARTY_UNTRUSTED;
            default -> e.refusal();
        };
        return new RequestVerdict.Refused(refusal, e.detail());
    }
}
