package city.elicence.wallet.port;

import javax.crypto.SecretKey;

/** The AES key under which the wallet's store is encrypted: on a phone it lives in the platform's key store. */
@FunctionalInterface
public interface StoreKey {
    SecretKey aes();
}
