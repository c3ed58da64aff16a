package city.elicence.wallet.receive;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.client.AccessToken;
import city.elicence.wallet.client.Pkce;
import city.elicence.wallet.client.ProvenExchange;
import city.elicence.wallet.client.RandomText;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.discover.CredentialOffer;
import city.elicence.wallet.discover.TypeDocuments;
import city.elicence.wallet.discover.TypeRules;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.party.Standing;
import city.elicence.wallet.party.Vouching;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardFace;
import city.elicence.wallet.store.HeldLicence;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes accepted offers to their end. Each step is written down before its remote call and after it, so whatever dies in
 * between, asking again finds the same keys and the same cards.
 */
public final class Receiver {
    private final WalletParts parts;
    private final Exchange exchange;
    private final Shelf shelf;
    private final Receptions receptions;
    private final OfferDesk desk;
    private final SignInStep signIn;
    private final TokenStep tokens;
    private final Proofs proofs;
    private final CredentialStep credentials;
    private final Arrival arrival;

    public Receiver(WalletParts parts, Exchange exchange, Shelf shelf, Vouching vouching) {
        this.parts = parts;
        this.exchange = exchange;
        this.shelf = shelf;
        this.receptions = new Receptions(shelf);
        this.desk = new OfferDesk(vouching, parts.clock(), parts.suites());
        this.signIn = new SignInStep(parts.clientId(), parts.redirectUri());
        this.tokens = new TokenStep(parts.clientId(), parts.redirectUri(), parts.provider() != null);
        this.proofs = new Proofs(parts.keys(), parts.suites(), parts.clock(), parts.provider());
        this.credentials = new CredentialStep(proofs);
        this.arrival = new Arrival(
                parts.trust(),
                new TypeRules(new TypeDocuments(exchange), parts.suites()),
                parts.suites(),
                parts.clock());
    }

    public OfferPreview read(String text) throws RefusedException {
        return desk.read(text, exchange.apart());
    }

    public Receiving accept(OfferPreview preview, @Nullable String txCode) throws RefusedException {
        OfferTerms terms = preview.terms();
        OfferDesk.check(preview.txCode(), txCode);
        if (preview.issuer().standing() == Standing.STRANGER && !terms.strangersAccepted()) {
            throw new RefusedException(Reason.ISSUER_NOT_ACCREDITED, "the holder has not said to go on");
        }
        CredentialOffer.PreAuthorised code = terms.offer().preAuthorised();
        CredentialOffer.SignIn browser = terms.offer().signIn();
        Reception.SignInState state = new Reception.SignInState(
                RandomText.of(16), Pkce.newVerifier(), browser == null ? null : browser.issuerState());
        Reception reception = new Reception(
                Shelf.newId(),
                parts.clock().instant(),
                terms.offering(),
                terms.strangersAccepted(),
                parts.copies(),
                code == null ? null : new Reception.Grant(true, code.code(), txCode),
                code == null ? state : null,
                null,
                List.of());
        receptions.put(reception);
        return advance(reception, terms.exchange());
    }

    /** The browser came back: to the reception whose state it names, and to no other. */
    public Receiving signedIn(String redirectedTo) throws RefusedException {
        Map<String, String> answer =
                redirectedTo.startsWith(parts.redirectUri().toString()) ? Form.queryOf(redirectedTo) : null;
        if (answer == null) {
            throw new RefusedException(Reason.SIGN_IN_MISMATCH, "expected the redirect address of this wallet");
        }
        String state = answer.get("state");
        for (Reception reception : receptions.all()) {
            Reception.SignInState waiting = reception.signIn();
            if (waiting != null && reception.grant() == null && waiting.state().equals(state)) {
                Reception granted = reception.granted(SignInStep.answer(reception, answer));
                receptions.put(granted);
                return advance(granted, exchange.apart());
            }
        }
        throw new RefusedException(Reason.SIGN_IN_MISMATCH, "state: expected that of a sign-in under way");
    }

    public List<PendingReceipt> pending() throws RefusedException {
        List<PendingReceipt> pending = new ArrayList<>();
        for (Reception reception : receptions.all()) {
            pending.add(new PendingReceipt(
                    reception.id(),
                    reception.offering().issuer().name(),
                    names(reception),
                    reception.since(),
                    reception.step()));
        }
        return pending;
    }

    public Receiving resume(String pendingId) throws RefusedException {
        return advance(receptions.get(pendingId), exchange.apart());
    }

    /** Whether there was such a one. */
    public boolean forget(String pendingId) throws RefusedException {
        Reception reception = receptions.find(pendingId);
        if (reception != null) {
            close(reception);
        }
        return reception != null;
    }

    private Receiving advance(Reception accepted, Exchange own) throws RefusedException {
        try {
            SigningKey clientKey = parts.keys().create(accepted.clientKey(), KeyStore.KeyUse.CLIENT);
            ProvenExchange proven =
                    new ProvenExchange(own, clientKey, parts.clock(), parts.clientId(), parts.provider());
            Reception reception = accepted;
            AccessToken token = reception.token();
            if (token == null) {
                Reception.Grant grant = reception.grant();
                Reception.SignInState waiting = reception.signIn();
                if (grant == null && waiting != null) {
                    return new Receiving.SignInNeeded(reception.id(), signIn.page(reception, waiting, proven));
                }
                if (grant == null) {
                    throw new RefusedException(Reason.STORE, "a reception with no way on");
                }
                reception = tokens.redeem(reception, grant, proven);
                receptions.put(reception);
            }
            for (int i = 0; i < reception.orders().size(); i++) {
                if (!reception.orders().get(i).settled()) {
                    reception = fetch(reception, i, proven);
                    receptions.put(reception);
                }
            }
            return finish(reception, proven);
        } catch (KeyStore.KeyNotReleased e) {
            throw new RefusedException(Reason.KEY_NOT_RELEASED, String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            if (e.refusal().is(Reason.NETWORK)) {
                return new Receiving.Interrupted(accepted.id(), e.refusal().detail());
            }
            if (!e.refusal().is(Reason.STORE)) {
                abandon(accepted);
            }
            throw e;
        }
    }

    /** One order, as far as it goes now. */
    private Reception fetch(Reception reception, int position, ProvenExchange proven) throws RefusedException {
        CredentialStep.Answer answer = ask(reception, position, proven);
        if (answer instanceof CredentialStep.Answer.TokenRefused refused) {
            AccessToken token = reception.token();
            String refreshToken = token == null ? null : token.refreshToken();
            if (refreshToken == null) {
                throw new RefusedException(Reason.OFFER_NOT_HONOURED, refused.detail());
            }
            Reception refreshed = reception.refreshed(tokens.refresh(reception, refreshToken, proven));
            receptions.put(refreshed);
            reception = refreshed;
            answer = ask(reception, position, proven);
        }
        Order order = reception.orders().get(position);
        if (answer instanceof CredentialStep.Answer.Deferred deferred) {
            String known = order.transactionId();
            String transaction = deferred.transactionId().isEmpty() && known != null ? known : deferred.transactionId();
            Instant again = parts.clock().instant().plus(deferred.askAgainAfter());
            return reception.with(position, order.deferred(transaction, again));
        }
        if (answer instanceof CredentialStep.Answer.Issued issued) {
            return reception.with(position, arrived(reception, position, issued, proven));
        }
        return reception.with(position, order.refused(detail(answer)));
    }

    private CredentialStep.Answer ask(Reception reception, int position, ProvenExchange proven)
            throws RefusedException {
        AccessToken token = tokenOf(reception);
        String transaction = reception.orders().get(position).transactionId();
        if (transaction != null) {
            CredentialStep.Answer answer =
                    credentials.deferred(reception.offering().metadata(), transaction, token, proven);
            boolean gone = answer instanceof CredentialStep.Answer.Refused refused
                    && refused.error().code().equals("invalid_transaction_id");
            if (!gone) {
                return answer;
            }
            // Section 9.2: an id is spent when the licence was fetched, and the answer may have died on its way here.
        }
        return credentials.request(reception, position, token, proven);
    }

    private Order arrived(Reception reception, int position, CredentialStep.Answer.Issued issued, ProvenExchange proven)
            throws RefusedException {
        Order order = reception.orders().get(position);
        String notification = issued.notificationId();
        HeldLicence licence;
        try {
            List<SigningKey> keys =
                    reception.configuration(position).bound() ? proofs.holderKeys(reception, position) : List.of();
            licence = arrival.check(reception, position, issued.credentials(), keys);
        } catch (RefusedException e) {
            if (notification != null) {
                credentials.notify(reception, notification, "credential_failure", tokenOf(reception), proven);
            }
            if (reception.orders().size() == 1) {
                throw e;
            }
            return order.refused(e.refusal().code() + ": " + e.refusal().detail());
        }
        boolean again = shelf.licence(licence.id()) != null;
        shelf.put(licence);
        if (!again) {
            shelf.put(received(licence));
        }
        return order.stored(notification);
    }

    private HistoryEntry received(HeldLicence licence) {
        return new HistoryEntry(
                licence.id(),
                parts.clock().instant(),
                HistoryEntry.Kind.RECEIVED,
                licence.issuer().name(),
                licence.issuer().id(),
                licence.name(),
                licence.id(),
                List.of(),
                null);
    }

    private Receiving finish(Reception reception, ProvenExchange proven) throws RefusedException {
        Instant now = parts.clock().instant();
        List<Card> cards = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        Duration wait = null;
        for (int i = 0; i < reception.orders().size(); i++) {
            Order order = reception.orders().get(i);
            Instant again = order.askAgainAt();
            HeldLicence licence = shelf.licence(reception.cardId(i));
            if (licence != null) {
                cards.add(CardFace.of(licence, now));
            }
            if (order.refused() != null) {
                refused.add(Reason.ISSUER_REFUSED.refusal(order.refused()));
            }
            if (again != null) {
                Duration left = Duration.between(now, again);
                wait = wait == null || left.compareTo(wait) < 0 ? left : wait;
            }
        }
        if (wait != null) {
            return new Receiving.Later(reception.id(), wait.isNegative() ? Duration.ZERO : wait);
        }
        for (Order order : reception.orders()) {
            String notification = order.notificationId();
            if (notification != null) {
                credentials.notify(reception, notification, "credential_accepted", tokenOf(reception), proven);
            }
        }
        close(reception);
        if (cards.isEmpty() && !refused.isEmpty()) {
            throw new RefusedException(refused.get(0));
        }
        return new Receiving.Received(cards, refused);
    }

    /** Gives up what has not arrived; what has stays. */
    private void abandon(Reception started) throws RefusedException {
        Reception latest = receptions.find(started.id());
        if (latest != null) {
            close(latest);
        }
    }

    /** Deletes the reception, and each key to which no stored licence is bound. */
    private void close(Reception reception) throws RefusedException {
        for (int i = 0; i < reception.orders().size(); i++) {
            HeldLicence licence = shelf.licence(reception.cardId(i));
            for (int copy = 0; copy < reception.copiesOf(i); copy++) {
                String alias = reception.holderKey(i, copy);
                boolean used = licence != null
                        && licence.copies().stream()
                                .anyMatch(held -> held.keyAlias().equals(alias));
                if (!used) {
                    parts.keys().delete(alias);
                }
            }
        }
        receptions.delete(reception);
        parts.keys().delete(reception.clientKey());
    }

    private static AccessToken tokenOf(Reception reception) throws RefusedException {
        AccessToken token = reception.token();
        if (token == null) {
            throw new RefusedException(Reason.STORE, "a reception with no token");
        }
        return token;
    }

    private static String detail(CredentialStep.Answer answer) {
        if (answer instanceof CredentialStep.Answer.Refused refused) {
            return "credential endpoint: " + refused.error();
        }
        return answer instanceof CredentialStep.Answer.TokenRefused token ? token.detail() : "";
    }

    private static Words names(Reception reception) {
        List<String> zh = new ArrayList<>();
        List<String> en = new ArrayList<>();
        for (Configuration configuration : reception.offering().offered()) {
            zh.add(configuration.name().zh());
            en.add(configuration.name().en());
        }
        return new Words(String.join("、", zh), String.join(", ", en));
    }
}
