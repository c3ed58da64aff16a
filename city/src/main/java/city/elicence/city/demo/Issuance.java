package city.elicence.city.demo;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.receive.PendingReceipt;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Steps 3 and 4: every type of the catalogue is issued to the wallet it is for, and anchored. */
final class Issuance {
    private static final Duration ANCHOR_PATIENCE = Duration.ofSeconds(60);

    private final City city;
    private final Desk clerk;
    private final Desk second;
    private final Camera camera;
    private final Map<CredentialType.Holder, Holder> holders;
    private final Narrator narrator;

    Issuance(
            City city,
            Desk clerk,
            Desk second,
            Camera camera,
            Map<CredentialType.Holder, Holder> holders,
            Narrator narrator) {
        this.city = city;
        this.clerk = clerk;
        this.second = second;
        this.camera = camera;
        this.holders = Map.copyOf(holders);
        this.narrator = narrator;
    }

    /** Issues what the wallets do not hold yet; a receipt that an earlier run left half way is finished first. */
    void run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int resumed = 0;
        for (Holder holder : holders.values()) {
            resumed += resume(holder);
            holder.wallet().refreshStatus();
        }
        int issued = 0;
        int held = 0;
        for (CredentialType type : Catalogue.builtIn().types()) {
            Holder holder = holderOf(type);
            if (holder.good(type.vct(city.issuerBase().toString())).isPresent()) {
                held++;
            } else {
                Card card = issue(type, type.sample(), holder);
                issued++;
                narrator.line(String.format(
                        "%-9s %s (%s) from %s",
                        holder.name(),
                        card.name().en(),
                        card.name().zh(),
                        card.issuer().name().en()));
            }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        String extra =
                (held > 0 ? ", " + held + " were already held" : "") + (resumed > 0 ? ", " + resumed + " resumed" : "");
        narrator.result("licences issued over OpenID4VCI 1.0", issued + " in " + Narrator.time(taken) + extra);
    }

    /** Issues one licence: offer, QR picture, pixels, wallet. */
    Card issue(CredentialType type, Map<String, Object> claims, Holder holder)
            throws IOException, InterruptedException {
        Party issuer = issuerOf(type);
        return new Counter(clerk, second, camera).issue(issuer.id(), type.id(), claims, type.formats(), holder);
    }

    /** Waits until every card of both wallets has the receipt of its anchoring. */
    void anchor() throws InterruptedException, IOException {
        long begun = System.nanoTime();
        while (true) {
            int missing = 0;
            for (Holder holder : holders.values()) {
                holder.wallet().fetchReceipts();
                missing +=
                        (int) holder.cards().stream().filter(c -> !c.anchored()).count();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            if (missing == 0) {
                narrator.result("every licence anchored, receipts in the wallets", "after " + Narrator.time(taken));
                return;
            }
            if (taken.compareTo(ANCHOR_PATIENCE) > 0) {
                throw new IOException(missing + " licences have no receipt after " + Narrator.time(taken));
            }
            Thread.sleep(200);
        }
    }

    Party issuerOf(CredentialType type) {
        return city.parties().stream()
                .filter(party -> type.issuers().stream().anyMatch(party.roles()::contains))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no party may issue " + type.id()));
    }

    Holder holderOf(CredentialType type) {
        Holder holder = holders.get(type.holder());
        if (holder == null) {
            throw new IllegalStateException("nobody holds " + type.id());
        }
        return holder;
    }

    /** Asks again for what was accepted and did not arrive: an issuer gives the same licence again, not a second one. */
    private static int resume(Holder holder) throws IOException {
        int resumed = 0;
        for (PendingReceipt receipt : holder.wallet().pending()) {
            Outcome<Receiving> outcome = holder.wallet().resume(receipt.id());
            if (outcome instanceof Outcome.Done<Receiving>(Receiving.Received received)) {
                resumed += received.cards().size();
            } else if (outcome instanceof Outcome.Refused<Receiving>) {
                holder.wallet().forget(receipt.id());
            } else {
                throw new IOException("a licence that " + holder.name() + " accepted earlier does not arrive");
            }
        }
        return resumed;
    }
}
