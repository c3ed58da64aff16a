package city.elicence.wallet.present;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.dcql.Candidate;
import city.elicence.credentials.dcql.ClaimQuery;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.CredentialSetQuery;
import city.elicence.credentials.dcql.DcqlMatch;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.verify.party.Ask;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.HeldLicence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a checked request before the holder: who asks, what for, and which cards would answer it. */
final class ConsentDesk {
    private static final String BY_DID = "decentralized_identifier:";

    private final Vouching vouching;

    ConsentDesk(Vouching vouching) {
        this.vouching = vouching;
    }

    Consent consent(Request request, RequestText.Received received, List<CardInQuery> held, Instant now)
            throws RefusedException {
        Party verifier = verifier(request, received, held);
        DcqlMatch<CardInQuery> match = request.query().match(held);
        List<Consent.Question> questions = new ArrayList<>();
        for (CredentialQuery query : request.query().credentials()) {
            List<Consent.Match> matches = new ArrayList<>();
            for (Candidate<CardInQuery> candidate : match.candidates(query.id())) {
                CardInQuery card = candidate.credential();
                matches.add(new Consent.Match(card.card(), disclosed(card.licence(), candidate.claims())));
            }
            questions.add(new Consent.Question(query.id(), query.multiple(), matches));
        }
        List<String> transactions = new ArrayList<>();
        for (TransactionData transaction : request.transactions()) {
            transactions.add(transaction.json());
        }
        return new Consent(verifier, questions, needs(request, match), suggested(match), transactions, now, request);
    }

    /** Refuses an accredited verifier that asks for more than it may, before anybody is shown anything. */
    private Party verifier(Request request, RequestText.Received received, List<CardInQuery> held)
            throws RefusedException {
        Jws signed = received.signed();
        if (signed != null) {
            List<Ask> asks = asks(request, held);
            Party accredited = request.clientId().startsWith(BY_DID)
                    ? vouching.askerNamed(request.clientId(), request.clientId().substring(BY_DID.length()), asks)
                    : vouching.askerOf(request.clientId(), signed, asks);
            if (accredited != null) {
                return accredited;
            }
        }
        String name = request.clientId();
        try {
            Fields metadata = Fields.of(Fields.of(received.parameters())
                    .optObject("client_metadata")
                    .orElse(Map.of()));
            name = metadata.optString("client_name").orElse(name);
        } catch (JsonException e) {
            name = request.clientId();
        }
        return Party.stranger(request.clientId(), Words.same(name));
    }

    /** All that a query could ask: every claim set, and where it names no type, of every type that is held. */
    private static List<Ask> asks(Request request, List<CardInQuery> held) {
        List<Ask> asks = new ArrayList<>();
        for (CredentialQuery query : request.query().credentials()) {
            if (!Format.identifiedBy(query.format()).isPresent()) {
                continue;
            }
            List<ClaimPath> claims = new ArrayList<>();
            for (ClaimQuery claim : query.claims()) {
                claims.add(claim.path());
            }
            Set<String> types = new LinkedHashSet<>();
            for (List<String> alternative : query.types().alternatives()) {
                types.addAll(alternative);
            }
            if (types.isEmpty()) {
                for (CardInQuery card : held) {
                    if (card.format().equals(query.format())) {
                        types.addAll(card.types());
                    }
                }
            }
            for (String type : types) {
                asks.add(new Ask(type, claims));
            }
        }
        return asks;
    }

    private static List<Consent.Need> needs(Request request, DcqlMatch<CardInQuery> match) {
        List<Consent.Need> needs = new ArrayList<>();
        for (CredentialSetQuery set : request.query().credentialSets()) {
            needs.add(new Consent.Need(!set.required(), match.deliverable(set)));
        }
        if (needs.isEmpty()) {
            for (CredentialQuery query : request.query().credentials()) {
                boolean held = !match.candidates(query.id()).isEmpty();
                needs.add(new Consent.Need(false, held ? List.of(List.of(query.id())) : List.of()));
            }
        }
        return needs;
    }

    private static Choice suggested(DcqlMatch<CardInQuery> match) {
        Map<String, List<String>> picks = new LinkedHashMap<>();
        for (Map.Entry<String, Candidate<CardInQuery>> pick : match.preferred().entrySet()) {
            picks.put(
                    pick.getKey(),
                    List.of(pick.getValue().credential().licence().id()));
        }
        return new Choice(picks, false);
    }

    /** What the verifier would see, by making it and looking at it. */
    private static List<CardClaim> disclosed(HeldLicence licence, Collection<ClaimPath> claims)
            throws RefusedException {
        return CardFace.claims(licence, licence.nextCopy().contents(claims));
    }
}
