package city.elicence.wallet.store;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.port.CredentialStore;
import city.elicence.wallet.port.KeyStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys in an encrypted store, for machines that have no secure element: the demo phone, a company's wallet, tests. Who
 * has the store's key has these keys too.
 */
public final class StoredKeys implements KeyStore {
    private static final String PREFIX = "key-";
    private static final int MOST_AT_HAND = 16;

    private final CredentialStore store;
    private final Suites suites;

    /** Those used last: to open one again costs a signature and its verification. */
    private final Map<String, SoftwareKey> atHand = new LinkedHashMap<>();

    /** Keys on P-256 alone. */
    public StoredKeys(CredentialStore store) {
        this(store, Suites.ES256_ALONE);
    }

    /** Keys of these suites. */
    public StoredKeys(CredentialStore store, Suites suites) {
        this.store = store;
        this.suites = suites;
    }

    @Override
    public boolean makes(Suite suite) {
        return suites.take(suite);
    }

    @Override
    public SigningKey create(String alias, KeyUse use) {
        return create(alias, use, Suite.ES256);
    }

    @Override
    public synchronized SigningKey create(String alias, KeyUse use, Suite suite) {
        SigningKey existing = open(alias);
        if (existing != null) {
            return existing;
        }
        SoftwareKey fresh = SoftwareKey.generate(suite);
        try {
            store.put(PREFIX + alias, Json.write(fresh.toPrivateJwk()));
        } catch (IOException e) {
            throw new KeyNotReleased("cannot save a key: " + e.getMessage());
        }
        return kept(alias, fresh);
    }

    @Override
    public synchronized @Nullable SigningKey open(String alias) {
        SoftwareKey known = atHand.get(alias);
        if (known != null) {
            return kept(alias, known);
        }
        try {
            String jwk = store.get(PREFIX + alias);
            return jwk == null ? null : kept(alias, SoftwareKey.fromJwk(Json.parseObject(jwk), suites));
        } catch (IOException | JsonException | JoseException e) {
            throw new KeyNotReleased("cannot read a key: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public synchronized void delete(String alias) {
        atHand.remove(alias);
        try {
            store.delete(PREFIX + alias);
        } catch (IOException e) {
            throw new KeyNotReleased("cannot delete a key: " + e.getMessage());
        }
    }

    private SoftwareKey kept(String alias, SoftwareKey key) {
        atHand.remove(alias);
        atHand.put(alias, key);
        if (atHand.size() > MOST_AT_HAND) {
            atHand.remove(atHand.keySet().iterator().next());
        }
        return key;
    }
}
