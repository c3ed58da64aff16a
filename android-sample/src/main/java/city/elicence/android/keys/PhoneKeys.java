package city.elicence.android.keys;

import android.os.Build;
import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import android.security.keystore.UserNotAuthenticatedException;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.StoreKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the Android Keystore, which never gives them out: P-256 to sign with, AES for the wallet's files. A licence's key
 * signs only what its holder confirms, each time; it is in the secure element where the phone has one, and the keystore's
 * certificate for it (key attestation) says so.
 */
public final class PhoneKeys implements KeyStore, StoreKey {
    /** The platform's key store, which is addressed by the name of its provider and in no other way. */
    private static final String KEYSTORE = "AndroidKeyStore";

    /** Holder keys carry their kind in the name: the platform does not tell it when a key is opened. */
    private static final String HOLDER = "holder:";

    private static final String STORE_KEY = "wallet-store";
    private static final int AES_BITS = 256;
    private static final int OPEN_SECONDS = 15;

    private final Presence presence;

    public PhoneKeys(Presence presence) {
        this.presence = presence;
    }

    /** From the best that a phone can do to the least that will do: secure element, attested, or in the main processor. */
    private enum Strength {
        SECURE_ELEMENT,
        ATTESTED,
        PLAIN
    }

    @Override
    public SigningKey create(String alias, KeyUse use) {
        SigningKey existing = open(alias);
        if (existing != null) {
            return existing;
        }
        String name = use == KeyUse.HOLDER ? HOLDER + alias : alias;
        for (Strength strength : Strength.values()) {
            if (strength != Strength.SECURE_ELEMENT || Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
                try {
                    generate(name, use, strength);
                    break;
                } catch (ProviderException | GeneralSecurityException e) {
                    // No secure element, or it is full; no attestation key. The next one asks for less.
                    if (strength == Strength.PLAIN) {
                        throw notReleased("make", e);
                    }
                }
            }
        }
        SigningKey made = open(alias);
        if (made == null) {
            throw new KeyNotReleased("the key store did not keep a key");
        }
        return made;
    }

    private static void generate(String name, KeyUse use, Strength strength) throws GeneralSecurityException {
        KeyGenParameterSpec.Builder spec = new KeyGenParameterSpec.Builder(name, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(new ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256);
        if (strength == Strength.SECURE_ELEMENT) {
            spec.setIsStrongBoxBacked(true);
        }
        if (strength != Strength.PLAIN) {
            // Of the alias, which is random: whoever is shown the chain later can be told for which key it was made.
            spec.setAttestationChallenge(
                    MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        }
        if (use == KeyUse.HOLDER) {
            confirmedByHolder(spec);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEYSTORE);
        generator.initialize(spec.build());
        generator.generateKeyPair();
    }

    @SuppressWarnings("deprecation") // The call for Android before 11.
    private static void confirmedByHolder(KeyGenParameterSpec.Builder spec) {
        spec.setUserAuthenticationRequired(true);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            spec.setUserAuthenticationParameters(
                    0, KeyProperties.AUTH_BIOMETRIC_STRONG | KeyProperties.AUTH_DEVICE_CREDENTIAL);
        } else {
            spec.setUserAuthenticationValidityDurationSeconds(OPEN_SECONDS);
        }
    }

    @Override
    public @Nullable SigningKey open(String alias) {
        SigningKey holder = read(HOLDER + alias, true);
        return holder != null ? holder : read(alias, false);
    }

    private @Nullable SigningKey read(String name, boolean confirmed) {
        try {
            java.security.KeyStore store = store();
            Key key = store.getKey(name, null);
            Certificate certificate = store.getCertificate(name);
            if (!(key instanceof PrivateKey signing) || certificate == null) {
                return null;
            }
            EcPublicKey open = EcPublicKey.of((ECPublicKey) certificate.getPublicKey());
            return new KeystoreKey(signing, open, confirmed ? presence : null);
        } catch (GeneralSecurityException | IOException | JoseException e) {
            throw notReleased("open", e);
        }
    }

    @Override
    public void delete(String alias) {
        try {
            java.security.KeyStore store = store();
            store.deleteEntry(HOLDER + alias);
            store.deleteEntry(alias);
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

    /**
     * A key of the platform's.
     *
     * @param presence who confirms each signature, null for keys that need nobody
     */
    private record KeystoreKey(
            PrivateKey key, EcPublicKey publicKey, @Nullable Presence presence) implements SigningKey {
        @Override
        public byte[] sign(byte[] input) {
            try {
                Signature signature = begun();
                if (presence != null && Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
                    presence.confirm(signature);
                }
                signature.update(input);
                return RawSignature.ofDer(signature.sign());
            } catch (GeneralSecurityException e) {
                throw notReleased("use", e);
            }
        }

        private Signature begun() throws GeneralSecurityException {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            try {
                signature.initSign(key);
            } catch (UserNotAuthenticatedException e) {
                if (presence == null) {
                    throw e;
                }
                presence.unlock();
                signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
            }
            return signature;
        }
    }
}
