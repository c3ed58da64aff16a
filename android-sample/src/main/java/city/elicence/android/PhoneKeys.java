package city.elicence.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.StoreKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the Android Keystore, which never gives them out: P-256 to sign with, AES for the wallet's files. They are
 * usable while the phone is unlocked; a finger for each showing is not asked for yet.
 */
final class PhoneKeys implements KeyStore, StoreKey {
    /** The platform's key store, which is addressed by the name of its provider and in no other way. */
    private static final String KEYSTORE = "AndroidKeyStore";

    private static final String STORE_KEY = "wallet-store";
    private static final int AES_BITS = 256;

    @Override
    public SigningKey create(String alias, KeyUse use) {
        SigningKey existing = open(alias);
        if (existing != null) {
            return existing;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEYSTORE);
            generator.initialize(new KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
                    .setAlgorithmParameterSpec(new ECGenParameterSpec("secp256r1"))
                    .setDigests(KeyProperties.DIGEST_SHA256)
                    .build());
            generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw notReleased("make", e);
        }
        SigningKey made = open(alias);
        if (made == null) {
            throw new KeyNotReleased("the key store did not keep a key");
        }
        return made;
    }

    @Override
    public @Nullable SigningKey open(String alias) {
        try {
            java.security.KeyStore store = store();
            Key key = store.getKey(alias, null);
            Certificate certificate = store.getCertificate(alias);
            if (!(key instanceof PrivateKey signing) || certificate == null) {
                return null;
            }
            return new KeystoreKey(signing, EcPublicKey.of((ECPublicKey) certificate.getPublicKey()));
        } catch (GeneralSecurityException | IOException | JoseException e) {
            throw notReleased("open", e);
        }
    }

    @Override
    public void delete(String alias) {
        try {
            store().deleteEntry(alias);
        } catch (GeneralSecurityException | IOException e) {
            throw notReleased("delete", e);
        }
    }

    @Override
    public SecretKey aes() {
        try {
            Key existing = store().getKey(STORE_KEY, null);
            if (existing instanceof SecretKey key) {
                return key;
            }
            KeyGenerator generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE);
            generator.init(new KeyGenParameterSpec.Builder(
                            STORE_KEY, KeyProperties.PURPOSE_ENCRYPT | KeyProperties.PURPOSE_DECRYPT)
                    .setKeySize(AES_BITS)
                    .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                    .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                    .build());
            return generator.generateKey();
        } catch (GeneralSecurityException | IOException e) {
            throw notReleased("open the store's", e);
        }
    }

    private static java.security.KeyStore store() throws GeneralSecurityException, IOException {
        java.security.KeyStore store = java.security.KeyStore.getInstance(KEYSTORE);
        store.load(null);
        return store;
    }

    private static KeyNotReleased notReleased(String act, Exception cause) {
        return new KeyNotReleased(
                "cannot " + act + " a key: " + cause.getClass().getSimpleName());
    }

    private record KeystoreKey(PrivateKey key, EcPublicKey publicKey) implements SigningKey {
        @Override
        public byte[] signEs256(byte[] input) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
                signature.update(input);
                return RawSignature.ofDer(signature.sign());
            } catch (GeneralSecurityException e) {
                throw notReleased("use", e);
            }
        }
    }
}
