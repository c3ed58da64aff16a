package city.elicence.wallet.present;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.offline.OfflineCode;
import city.elicence.credentials.offline.OfflineException;
import city.elicence.credentials.offline.OfflineFrame;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.HolderBinding;
import city.elicence.credentials.verify.mandate.Mandates;
import city.elicence.wallet.client.RandomText;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes what a verifier sees: one copy, with the chosen disclosures, signed by the holder for this verifier and moment. */
final class Showing {
    /** How long one offline code is good, and so how often it is made anew. */
    static final Duration OFFLINE_LIFE = Duration.ofSeconds(30);

    /** Codes that rotate before the same inspector are one showing, and use up one copy. */
    private static final Duration SAME_SHOWING = Duration.ofMinutes(5);

    private final WalletParts parts;
    private final Shelf shelf;
    private final Map<String, Rotation> rotations = new HashMap<>();

    Showing(WalletParts parts, Shelf shelf) {
        this.parts = parts;
        this.shelf = shelf;
    }

    private record Rotation(Copy copy, Set<ClaimPath> claims, Instant since) {}

    /** What answers one question. The copy counts as seen before it leaves. */
    String online(Presenter.Picked picked, List<Presenter.Picked> all, Request request, Party verifier)
            throws RefusedException {
        HeldLicence licence = picked.card().licence();
        Copy copy = licence.nextCopy();
        String shown = switch (copy.format()) {
            case SD_JWT_VC -> sdJwt(copy, picked, all, request, verifier);
            case MDOC -> document(copy, picked, request);
        };
        // Of several, the one seen longest ago is next; of one alone, the time tells nothing that is worth a write at
        // each showing.
        if (copy.shownAt() == null || licence.copies().size() > 1) {
            shelf.put(licence.changing(copy, seen -> seen.shown(parts.clock().instant())));
        }
        return shown;
    }

    /** Appendix B.2: a DeviceResponse of its own, which the device's key signs for this request; without it nothing leaves. */
    private String document(Copy copy, Presenter.Picked picked, Request request) throws RefusedException {
        IssuerSigned disclosed = copy.document(picked.claims());
        return DeviceResponse.of(MobileDocument.show(disclosed, session(request), key(copy)))
                .toText();
    }

    /** Appendix B.2.6.1. */
    private static SessionTranscript session(Request request) {
        Request.ReturnAddress address = request.returnAddress();
        Request.Recipient recipient = address.recipient();
        try {
            return SessionTranscript.ofRedirect(
                    request.clientId(),
                    request.nonce(),
                    recipient == null ? null : Base64Url.decode(recipient.key().thumbprint()),
                    address.uri().toString());
        } catch (JsonException e) {
            throw new IllegalStateException("a thumbprint is base64url", e);
        }
    }

    private String sdJwt(
            Copy copy, Presenter.Picked picked, List<Presenter.Picked> all, Request request, Party verifier)
            throws RefusedException {
        SdJwt shown = copy.sdJwt(picked.claims());
        if (copy.bound()) {
            Map<String, Object> more = transactions(picked, all, request);
            if (!more.isEmpty()) {
                more.put(Mandates.SHOWN_WITH, Mandates.shownWith(others(picked, all)));
            }
            if (verifier.accredited()) {
                // Others have no use for it, and it says from which city's ledger the holder comes.
                receipt(copy, more);
            }
            shown = bound(shown, request.nonce(), request.clientId(), more, key(copy));
        }
        return shown.serialize();
    }

    /** What is shown beside the answers to this question, which several people may sign. */
    private static List<SdJwt> others(Presenter.Picked picked, List<Presenter.Picked> all) throws RefusedException {
        List<SdJwt> others = new ArrayList<>();
        for (Presenter.Picked one : all) {
            Copy other = one.card().licence().nextCopy();
            if (!one.query().id().equals(picked.query().id()) && other.format() == Format.SD_JWT_VC) {
                others.add(other.sdJwt(one.claims()));
            }
        }
        return others;
    }

    /** Appendix B.3.3.1: in the answers to one question only of those that could authorise it. */
    private static Map<String, Object> transactions(
            Presenter.Picked picked, List<Presenter.Picked> all, Request request) {
        List<Object> hashes = new ArrayList<>();
        boolean named = false;
        for (TransactionData transaction : request.transactions()) {
            Presenter.Picked authorising = null;
            for (Presenter.Picked one : all) {
                boolean may = transaction.credentialIds().contains(one.query().id());
                authorising = authorising == null && may ? one : authorising;
            }
            if (authorising != null
                    && authorising.query().id().equals(picked.query().id())) {
                hashes.add(transaction.hash());
                named |= transaction.named();
            }
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        if (!hashes.isEmpty()) {
            claims.put("transaction_data_hashes", hashes);
        }
        if (named) {
            claims.put("transaction_data_hashes_alg", "sha-256");
        }
        return claims;
    }

    OfflineShowing offline(String cardId, Set<ClaimPath> claims) throws RefusedException {
        HeldLicence licence = shelf.held(cardId);
        if (licence.format() != Format.SD_JWT_VC) {
            throw new RefusedException(
                    Reason.FORMAT_NOT_SUPPORTED, "a mobile document is shown in a session, not by a code");
        }
        Instant now = parts.clock().instant();
        Copy copy = rotating(licence, claims, now);
        if (!copy.bound()) {
            throw new RefusedException(Reason.NO_MATCHING_LICENCE, "a licence that is bound to no key proves nothing");
        }
        Instant until = now.plus(OFFLINE_LIFE);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("exp", until.getEpochSecond());
        receipt(copy, more);
        SdJwt shown = bound(copy.sdJwt(claims), RandomText.of(12), HolderBinding.OFFLINE_AUDIENCE, more, key(copy));
        try {
            return new OfflineShowing(OfflineFrame.split(OfflineCode.pack(shown.serialize())), until);
        } catch (OfflineException e) {
            throw new RefusedException(Reason.TOO_MUCH_FOR_A_CODE, String.valueOf(e.reason()));
        }
    }

    private Copy rotating(HeldLicence licence, Set<ClaimPath> claims, Instant now) throws RefusedException {
        Rotation running = rotations.get(licence.id());
        boolean same = running != null
                && running.claims().equals(claims)
                && now.isBefore(running.since().plus(SAME_SHOWING));
        if (running != null && same) {
            for (Copy copy : licence.copies()) {
                if (copy.keyAlias().equals(running.copy().keyAlias())) {
                    return copy;
                }
            }
        }
        Copy copy = licence.nextCopy();
        rotations.put(licence.id(), new Rotation(copy, Set.copyOf(claims), now));
        shelf.put(licence.changing(copy, seen -> seen.shown(now)));
        shelf.put(entry(licence, copy, claims, now));
        return copy;
    }

    private static HistoryEntry entry(HeldLicence licence, Copy copy, Set<ClaimPath> claims, Instant now)
            throws RefusedException {
        List<String> names = new ArrayList<>();
        for (CardClaim claim : CardFace.claims(licence, copy.contents(claims))) {
            names.add(claim.path().toString());
        }
        return new HistoryEntry(
                Shelf.newId(),
                now,
                HistoryEntry.Kind.PRESENTED_OFFLINE,
                new Words("当面出示", "shown in person"),
                HolderBinding.OFFLINE_AUDIENCE,
                licence.name(),
                licence.id(),
                names,
                null);
    }

    private SdJwt bound(SdJwt shown, String nonce, String audience, Map<String, Object> more, SigningKey key)
            throws RefusedException {
        try {
            return KeyBinding.sign(shown, nonce, audience, parts.clock().instant(), more, key);
        } catch (SdJwtException e) {
            throw new RefusedException(Reason.STORE, "a stored licence cannot be read: " + e.problem());
        }
    }

    private SigningKey key(Copy copy) throws RefusedException {
        SigningKey key = parts.keys().open(copy.keyAlias());
        if (key == null) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, "the key of this licence is gone");
        }
        return key;
    }

    private static void receipt(Copy copy, Map<String, Object> claims) {
        Receipt receipt = copy.receipt();
        if (receipt != null) {
            claims.put("anchor_receipt", receipt.toJson());
        }
    }
}
