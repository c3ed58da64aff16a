package city.elicence.wallet.port;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.trust.TrustView;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet is built from: the ports that the platform fills in, and the few choices of an app. Start from {@link
 * #of} and change what differs.
 *
 * @param trust what is known now of who is accredited; asked anew at each step
 * @param clientId the app's name at an authorization server, {@code client_id} of OAuth 2.0
 * @param redirectUri where the browser hands the holder back to the app after signing in
 * @param copies how many copies of a licence to ask for where the issuer gives several: as many showings that nobody
 *     can link
 * @param transactionTypes the {@code transaction_data} types that the app shows its holder in full (OpenID4VP section
 *     8.4); others are refused
 * @param provider who vouches for the app to issuers that ask, or null
 * @param didKeys resolves verifiers that are named by a DID, or null
 * @param suites by which licences may be signed, and bound to keys that {@code keys} makes
 */
public record WalletParts(
        HttpTransport http,
        KeyStore keys,
        CredentialStore store,
        Clock clock,
        Supplier<TrustView> trust,
        String clientId,
        URI redirectUri,
        int copies,
        Set<String> transactionTypes,
        @Nullable WalletProvider provider,
        @Nullable DidKeys didKeys,
        Suites suites) {
    public WalletParts {
        if (copies < 1 || copies > 100) {
            throw new IllegalArgumentException("copies: expected 1 to 100");
        }
        transactionTypes = Set.copyOf(transactionTypes);
    }

    /** The usual choices: the platform's HTTP and clock, four copies, no transactions. */
    public static WalletParts of(KeyStore keys, CredentialStore store, Supplier<TrustView> trust) {
        return new WalletParts(
                new UrlTransport(),
                keys,
                store,
                Clock.systemUTC(),
                trust,
                "elicence-wallet",
                URI.create("elicence-wallet://signed-in"),
                4,
                Set.of(),
                null,
                null,
                Suites.ES256_ALONE);
    }

    public WalletParts withHttp(HttpTransport other) {
        return changed(draft -> draft.http = other);
    }

    public WalletParts withClock(Clock other) {
        return changed(draft -> draft.clock = other);
    }

    public WalletParts withClient(String id, URI redirect) {
        return changed(draft -> {
            draft.clientId = id;
            draft.redirectUri = redirect;
        });
    }

    public WalletParts withCopies(int number) {
        return changed(draft -> draft.copies = number);
    }

    public WalletParts understanding(Set<String> types) {
        return changed(draft -> draft.transactionTypes = types);
    }

    public WalletParts vouchedForBy(WalletProvider vouching) {
        return changed(draft -> draft.provider = vouching);
    }

    public WalletParts resolvingDidsBy(DidKeys resolver) {
        return changed(draft -> draft.didKeys = resolver);
    }

    /** Takes licences that are signed by any of these suites. */
    public WalletParts taking(Suites taken) {
        return changed(draft -> draft.suites = taken);
    }

    private WalletParts changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.made();
    }

    /** All parts, while one of them changes. */
    private static final class Draft {
        private HttpTransport http;
        private final KeyStore keys;
        private final CredentialStore store;
        private Clock clock;
        private final Supplier<TrustView> trust;
        private String clientId;
        private URI redirectUri;
        private int copies;
        private Set<String> transactionTypes;
        private @Nullable WalletProvider provider;
        private @Nullable DidKeys didKeys;
        private Suites suites;

        private Draft(WalletParts from) {
            http = from.http;
            keys = from.keys;
            store = from.store;
            clock = from.clock;
            trust = from.trust;
            clientId = from.clientId;
            redirectUri = from.redirectUri;
            copies = from.copies;
            transactionTypes = from.transactionTypes;
            provider = from.provider;
            didKeys = from.didKeys;
            suites = from.suites;
        }

        private WalletParts made() {
            return new WalletParts(
                    http,
                    keys,
                    store,
                    clock,
                    trust,
                    clientId,
                    redirectUri,
                    copies,
                    transactionTypes,
                    provider,
                    didKeys,
                    suites);
        }
    }
}
