package city.elicence.wallet.proximity;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.proximity.DocumentRequest;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a reader's request before the holder, and answers it with what the holder agreed to. */
public final class NearbyDesk {
    private static final Party NOBODY =
            Party.stranger("reader", new Words("未表明身份的查验设备", "a reader that does not say who it is"));

    private final WalletParts parts;
    private final Shelf shelf;
    private final Vouching vouching;

    public NearbyDesk(WalletParts parts, Shelf shelf, Vouching vouching) {
        this.parts = parts;
        this.shelf = shelf;
        this.vouching = vouching;
    }

    /** Section 9.1.4: an accredited reader that asks for more than it may is told nothing, and the session is over. */
    public NearbyConsent consent(NearbyReader session, byte[] message) throws RefusedException {
        List<NearbyConsent.Question> questions = new ArrayList<>();
        Party reader = null;
        for (DocumentRequest request : session.open(message).documents()) {
            Party asker;
            try {
                asker = vouching.readerOf(request, session.transcript());
            } catch (RefusedException overAsking) {
                session.end();
                throw overAsking;
            }
            Party named = asker == null ? NOBODY : asker;
            // Signed by two, it is signed by neither.
            reader = reader == null || reader.equals(named) ? named : NOBODY;
            questions.add(new NearbyConsent.Question(request.docType(), request.elements(), matches(request)));
        }
        return new NearbyConsent(reader == null ? NOBODY : reader, questions, session);
    }

    private List<Consent.Match> matches(DocumentRequest request) throws RefusedException {
        Instant now = parts.clock().instant();
        List<Consent.Match> matches = new ArrayList<>();
        for (HeldLicence licence : shelf.licences()) {
            if (licence.format() == Format.MDOC && licence.vct().equals(request.docType())) {
                List<CardClaim> seen =
                        CardFace.claims(licence, licence.nextCopy().contents(request.paths()));
                if (!seen.isEmpty()) {
                    matches.add(new Consent.Match(CardFace.of(licence, now), seen));
                }
            }
        }
        return matches;
    }

    /** Shows the chosen cards: of each, the elements that were asked for and no others, signed by the device for this session. */
    public int present(NearbyConsent consent, Set<String> cardIds, boolean strangersAccepted) throws RefusedException {
        if (consent.reader().standing() != Standing.ACCREDITED && !strangersAccepted) {
            throw new RefusedException(Reason.VERIFIER_NOT_ACCREDITED, "the holder has not said to go on");
        }
        List<MobileDocument> documents = new ArrayList<>();
        for (NearbyConsent.Question question : consent.questions()) {
            for (Consent.Match match : question.matches()) {
                if (cardIds.contains(match.card().id())) {
                    documents.add(show(consent, question, match));
                }
            }
        }
        if (documents.isEmpty()) {
            throw new RefusedException(Reason.CHOICE_INCOMPLETE, "expected a card");
        }
        consent.session().answer(new DeviceResponse(documents, 0));
        return documents.size();
    }

    private MobileDocument show(NearbyConsent consent, NearbyConsent.Question question, Consent.Match match)
            throws RefusedException {
        HeldLicence licence = shelf.held(match.card().id());
        Copy copy = licence.nextCopy();
        MobileDocument shown;
        try {
            shown = MobileDocument.show(
                    copy.document(question.elements().keySet()),
                    consent.session().transcript(),
                    key(copy));
        } catch (KeyStore.KeyNotReleased e) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, String.valueOf(e.getMessage()));
        }
        Instant now = parts.clock().instant();
        shelf.put(licence.changing(copy, seen -> seen.shown(now)));
        List<String> names = new ArrayList<>();
        match.disclosed().forEach(claim -> names.add(claim.path().toString()));
        shelf.put(new HistoryEntry(
                Shelf.newId(),
                now,
                HistoryEntry.Kind.PRESENTED_OFFLINE,
                consent.reader().name(),
                consent.reader().id(),
                licence.name(),
                licence.id(),
                names,
                null));
        return shown;
    }

    private SigningKey key(Copy copy) throws RefusedException {
        @Nullable SigningKey key = parts.keys().open(copy.keyAlias());
        if (key == null) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, "the key of this licence is gone");
        }
        return key;
    }

    public boolean deny(NearbyConsent consent) throws RefusedException {
        consent.session().end();
        return true;
    }
}
