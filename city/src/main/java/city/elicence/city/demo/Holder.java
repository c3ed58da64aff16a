package city.elicence.city.demo;

import city.elicence.city.run.City;
import city.elicence.city.run.LedgerDidKeys;
import city.elicence.city.setup.Party;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardState;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.StoredKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A citizen or a company with a wallet on this machine.
 *
 * @param name its folder among the city's wallets
 */
public record Holder(String name, Wallet wallet) {
    /** Opens the wallet with what it held last time; the city's wallet provider vouches for it. */
    public static Holder open(City city, String name) throws IOException {
        return open(city, name, city.party("wallet-provider"));
    }

    /** A company's: what it shows is to be linked to it, so one copy of each licence is enough. */
    public static Holder ofCompany(City city, String name) throws IOException {
        return new Holder(
                name,
                new Wallet(parts(city, name, city.party("wallet-provider")).withCopies(1)));
    }

    /** The same, vouched for by that party. */
    static Holder open(City city, String name, Party provider) throws IOException {
        return new Holder(name, new Wallet(parts(city, name, provider)));
    }

    private static WalletParts parts(City city, String name, Party provider) throws IOException {
        Path folder = city.folder().wallets().resolve(name);
        EncryptedFileStore store = new EncryptedFileStore(folder, FileStoreKey.at(folder.resolve("store.key")));
        return WalletParts.of(new StoredKeys(store, city.suites()), store, city::walletTrust)
                .taking(city.suites())
                .withClock(city.clock())
                .vouchedForBy(new VouchingParty(provider, city.clock()))
                .resolvingDidsBy(LedgerDidKeys.of(city.ledger()));
    }

    /** All cards. */
    public List<Card> cards() {
        return wallet.cards();
    }

    /** The licence of a type that can be shown now, if there is one. */
    public Optional<Card> good(String vct) {
        return cards().stream()
                .filter(card -> card.type().equals(vct))
                .filter(card -> card.state() != CardState.REVOKED && card.state() != CardState.EXPIRED)
                .findFirst();
    }
}
