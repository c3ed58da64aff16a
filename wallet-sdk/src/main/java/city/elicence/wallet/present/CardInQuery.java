package city.elicence.wallet.present;

import city.elicence.credentials.dcql.HeldCredential;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.verify.shown.Contents;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A held licence as a query sees it. */
final class CardInQuery implements HeldCredential {
    private final HeldLicence licence;
    private final Card card;
    private final Contents contents;
    private final Set<String> authorities;

    private CardInQuery(HeldLicence licence, Card card, Contents contents, Set<String> authorities) {
        this.licence = licence;
        this.card = card;
        this.contents = contents;
        this.authorities = authorities;
    }

    /** All of those that the verifier can check, those in force first: what is revoked can be shown, and the holder sees what it is. */
    static List<CardInQuery> all(Shelf shelf, Request request, Instant now) throws RefusedException {
        List<CardInQuery> all = new ArrayList<>();
        for (HeldLicence licence : shelf.licences()) {
            Copy copy = licence.nextCopy();
            Contents contents = copy.contents();
            if (request.algorithms().allow(copy.algorithm(), contents.holderKey())) {
                all.add(new CardInQuery(licence, CardFace.of(licence, now), contents, authorities(copy)));
            }
        }
        all.sort(Comparator.comparing(CardInQuery::notInForce));
        return all;
    }

    private static Set<String> authorities(Copy copy) throws RefusedException {
        return copy.chain().map(CertificateChain::authorityKeyIdentifiers).orElse(Set.of());
    }

    private boolean notInForce() {
        return card.state() != CardState.VALID && card.state() != CardState.EXPIRES_SOON;
    }

    HeldLicence licence() {
        return licence;
    }

    Card card() {
        return card;
    }

    @Override
    public String format() {
        return licence.format().identifier();
    }

    @Override
    public Set<String> types() {
        return Set.of(licence.vct());
    }

    @Override
    public Map<String, Object> claims() {
        return contents.claims();
    }

    @Override
    public Set<String> authorityKeyIds() {
        return authorities;
    }

    @Override
    public boolean isHolderBound() {
        return licence.nextCopy().bound();
    }
}
