package city.elicence.wallet.present;

import city.elicence.credentials.dcql.Candidate;
import city.elicence.credentials.dcql.CredentialQuery;
import city.elicence.credentials.dcql.DcqlMatch;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads requests, and answers them with what the holder chose. */
public final class Presenter {
    private static final int MOST_UNTOLD = 16;

    private final WalletParts parts;
    private final Shelf shelf;
    private final RequestText texts;
    private final ClientProof clients;
    private final ConsentDesk desk;
    private final Answering answering;
    private final Showing showing;
    private final Answered answered;
    private final Map<String, Untold> untold = new LinkedHashMap<>();

    public Presenter(WalletParts parts, Exchange exchange, Shelf shelf, Vouching vouching) {
        this.parts = parts;
        this.shelf = shelf;
        this.texts = new RequestText(exchange, parts.suites());
        this.clients = new ClientProof(parts.didKeys());
        this.desk = new ConsentDesk(vouching);
        this.answering = new Answering(exchange);
        this.showing = new Showing(parts, shelf);
        this.answered = new Answered(shelf);
    }

    public Consent read(String text) throws RefusedException {
        untold.remove(text);
        RequestText.Received received = texts.read(text);
        ClientProof.Bound bound = clients.check(received);
        // From here on the sender is known, and can be told what is wrong with what it sent.
        try {
            Instant now = parts.clock().instant();
            Request request = RequestForm.read(received, bound, parts.transactionTypes(), parts.suites(), now);
            if (answered.has(request)) {
                throw new RefusedException(Reason.REQUEST_REPLAYED, "client_id and nonce were answered before");
            }
            return desk.consent(request, received, CardInQuery.all(shelf, request, now), now);
        } catch (RefusedException e) {
            keepUntold(text, RequestForm.returnAddress(received, bound), error(e));
            throw e;
        }
    }

    /** An error for who sent a request, until the holder agrees to tell it. */
    private record Untold(Request.ReturnAddress address, String error) {}

    private void keepUntold(String text, Request.@Nullable ReturnAddress address, @Nullable String error) {
        if (address == null || error == null) {
            return;
        }
        if (untold.size() == MOST_UNTOLD) {
            untold.remove(untold.keySet().iterator().next());
        }
        untold.put(text, new Untold(address, error));
    }

    public boolean hasToTell(String text) {
        return untold.containsKey(text);
    }

    /** Section 8.5. Section 15.1 wants nothing returned without the holder's consent, an error neither, so reading alone tells nobody. */
    public Presented tell(String text) throws RefusedException {
        Untold known = untold.get(text);
        if (known == null) {
            throw new RefusedException(Reason.NOT_FOUND, "there is nothing to tell of this request");
        }
        Presented presented = answering.refuse(known.address(), known.error());
        untold.remove(text);
        return presented;
    }

    /** Null where there is nothing that the sender has to know. */
    private static @Nullable String error(RefusedException why) {
        if (why.refusal().is(Reason.STORE) || why.refusal().is(Reason.REQUEST_REPLAYED)) {
            return null;
        }
        if (why.refusal().is(Reason.TRANSACTION_NOT_UNDERSTOOD)) {
            return "invalid_transaction_data";
        }
        if (why.refusal().is(Reason.FORMAT_NOT_SUPPORTED)) {
            return "vp_formats_not_supported";
        }
        boolean malformed = why.refusal().is(Reason.REQUEST_UNREADABLE)
                || why.refusal().is(Reason.REQUEST_EXPIRED)
                || why.refusal().is(Reason.RESPONSE_NOT_ENCRYPTABLE);
        return malformed ? "invalid_request" : "access_denied";
    }

    public Presented present(Consent consent, Choice choice, @Nullable String consentId) throws RefusedException {
        Request request = consent.request();
        if (answered.has(request)) {
            throw new RefusedException(Reason.REQUEST_REPLAYED, "this request was answered before");
        }
        if (consent.verifier().standing() != Standing.ACCREDITED && !choice.strangersAccepted()) {
            throw new RefusedException(Reason.VERIFIER_NOT_ACCREDITED, "the holder has not said to go on");
        }
        requireAnswers(consent, choice);
        List<Picked> picked = picked(request, choice);
        List<HistoryEntry> history = new ArrayList<>();
        Map<String, Object> token = new LinkedHashMap<>();
        try {
            for (Picked one : picked) {
                List<Object> shown = presentations(token, one.query().id());
                shown.add(showing.online(one, picked, request, consent.verifier()));
                history.add(entry(consent, one, consentId));
            }
        } catch (KeyStore.KeyNotReleased e) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, String.valueOf(e.getMessage()));
        }
        record(history, HistoryEntry.Kind.SENT_UNCONFIRMED);
        return sent(request, token, history);
    }

    private Presented sent(Request request, Map<String, Object> token, List<HistoryEntry> history)
            throws RefusedException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("vp_token", token);
        try {
            Presented presented = answering.send(request.returnAddress(), answer);
            answered.add(request, parts.clock().instant());
            record(history, HistoryEntry.Kind.PRESENTED);
            return presented;
        } catch (RefusedException e) {
            if (e.refusal().is(Reason.VERIFIER_REFUSED)) {
                answered.add(request, parts.clock().instant());
                record(history, HistoryEntry.Kind.REFUSED_BY_VERIFIER);
            }
            throw e;
        }
    }

    public Presented deny(Consent consent) throws RefusedException {
        Request request = consent.request();
        if (answered.has(request)) {
            throw new RefusedException(Reason.REQUEST_REPLAYED, "this request was answered before");
        }
        Presented presented = answering.refuse(request.returnAddress(), "access_denied");
        answered.add(request, parts.clock().instant());
        shelf.put(new HistoryEntry(
                Shelf.newId(),
                parts.clock().instant(),
                HistoryEntry.Kind.DENIED,
                consent.verifier().name(),
                consent.verifier().id(),
                HistoryEntry.NO_CARD,
                null,
                List.of(),
                null));
        return presented;
    }

    public OfflineShowing offline(String cardId, Set<ClaimPath> claims) throws RefusedException {
        try {
            return showing.offline(cardId, claims);
        } catch (KeyStore.KeyNotReleased e) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A card for a question.
     *
     * @param claims what is disclosed of it, and nothing else
     */
    record Picked(CredentialQuery query, CardInQuery card, Set<ClaimPath> claims) {}

    /** Section 6.4.2: everything that is required, or nothing. */
    private static void requireAnswers(Consent consent, Choice choice) throws RefusedException {
        for (Consent.Need need : consent.needs()) {
            boolean met = false;
            for (List<String> option : need.options()) {
                met |= choice.picks().keySet().containsAll(option);
            }
            if (!met && !need.optional()) {
                Reason why = need.options().isEmpty() ? Reason.NO_MATCHING_LICENCE : Reason.CHOICE_INCOMPLETE;
                throw new RefusedException(why, "a required question has no answer");
            }
        }
    }

    /** What was chosen, found again among what is held now: nothing is shown that does not answer its question. */
    private List<Picked> picked(Request request, Choice choice) throws RefusedException {
        DcqlMatch<CardInQuery> match = request.query()
                .match(CardInQuery.all(shelf, request, parts.clock().instant()));
        List<Picked> picked = new ArrayList<>();
        for (Map.Entry<String, List<String>> pick : choice.picks().entrySet()) {
            CredentialQuery query = request.query().credential(pick.getKey()).orElse(null);
            int most = query != null && query.multiple() ? Integer.MAX_VALUE : 1;
            if (query == null || pick.getValue().isEmpty() || pick.getValue().size() > most) {
                throw new RefusedException(Reason.CHOICE_INCOMPLETE, "expected one card for each question");
            }
            for (String cardId : pick.getValue()) {
                picked.add(picked(query, cardId, match.candidates(query.id())));
            }
        }
        if (picked.isEmpty()) {
            throw new RefusedException(Reason.CHOICE_INCOMPLETE, "expected a card");
        }
        return picked;
    }

    private static Picked picked(CredentialQuery query, String cardId, List<Candidate<CardInQuery>> candidates)
            throws RefusedException {
        for (Candidate<CardInQuery> candidate : candidates) {
            if (candidate.credential().licence().id().equals(cardId)) {
                return new Picked(query, candidate.credential(), candidate.claims());
            }
        }
        throw new RefusedException(Reason.NO_MATCHING_LICENCE, "the chosen card does not answer the question");
    }

    @SuppressWarnings("unchecked") // only lists are put into a vp_token
    private static List<Object> presentations(Map<String, Object> token, String question) {
        return (List<Object>) token.computeIfAbsent(question, id -> new ArrayList<>());
    }

    private HistoryEntry entry(Consent consent, Picked picked, @Nullable String consentId) {
        return new HistoryEntry(
                Shelf.newId(),
                parts.clock().instant(),
                HistoryEntry.Kind.SENT_UNCONFIRMED,
                consent.verifier().name(),
                consent.verifier().id(),
                picked.card().card().name(),
                picked.card().card().id(),
                names(consent, picked),
                consentId);
    }

    private static List<String> names(Consent consent, Picked picked) {
        List<String> names = new ArrayList<>();
        for (Consent.Question question : consent.questions()) {
            for (Consent.Match match : question.matches()) {
                boolean same = question.id().equals(picked.query().id())
                        && match.card().id().equals(picked.card().card().id());
                Collection<CardClaim> seen = same ? match.disclosed() : List.of();
                for (CardClaim claim : seen) {
                    names.add(claim.path().toString());
                }
            }
        }
        return names;
    }

    private void record(List<HistoryEntry> entries, HistoryEntry.Kind kind) throws RefusedException {
        for (HistoryEntry entry : entries) {
            shelf.put(entry.as(kind));
        }
    }
}
