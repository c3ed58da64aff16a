package city.elicence.wallet.port;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suite;
import org.jspecify.annotations.Nullable;

/**
 * Makes and keeps keys on P-256 that do not leave it: the Android Keystore, an HSM, or {@link
 * city.elicence.wallet.store.StoredKeys} on a machine that has neither. The wallet chooses the alias and writes it down
 * before it asks for the key, so that a crash leaves no key that nobody knows of.
 */
public interface KeyStore {
    /** What a key is for: a phone may ask for the holder's finger on each use of a {@code HOLDER} key. */
    enum KeyUse {
        /** Binds one copy of one licence to this wallet. */
        HOLDER,
        /** Binds access tokens to this wallet (DPoP, RFC 9449), or proves the wallet's own attestation. */
        CLIENT
    }

    /** Makes the key, or opens the one that an earlier attempt has made under this alias. */
    SigningKey create(String alias, KeyUse use);

    /** Whether it makes keys of this suite: of ES256 always. */
    default boolean makes(Suite suite) {
        return suite.equals(Suite.ES256);
    }

    /** The same as {@link #create(String, KeyUse)}, for a suite of which this store {@link #makes} keys. */
    default SigningKey create(String alias, KeyUse use, Suite suite) {
        if (!suite.equals(Suite.ES256)) {
            throw new IllegalArgumentException("this store makes no key for " + suite);
        }
        return create(alias, use);
    }

    /** Null where there is no such key. */
    @Nullable
    SigningKey open(String alias);

    void delete(String alias);

    /**
     * The holder did not release the key (no finger, cancelled), or the platform has lost it. Thrown by a {@link
     * SigningKey} of this store.
     */
    final class KeyNotReleased extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public KeyNotReleased(String message) {
            super(message);
        }
    }
}
