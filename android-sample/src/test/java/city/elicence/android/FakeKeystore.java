package city.elicence.android;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.StrongBoxUnavailableException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The platform's key store as its documentation has it: a key that wants its user signs only when this very operation was
 * part of a prompt that was answered, once; and there may be no secure element. Written by hand: Robolectric has none.
 */
final class FakeKeystore extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "AndroidKeyStore";

    /** What was asked for, by the key's name. */
    static final Map<String, KeyGenParameterSpec> SPECS = new LinkedHashMap<>();

    private static final Map<String, Object> ENTRIES = new LinkedHashMap<>();
    static boolean secureElement;

    /** What the platform's prompt does to the operation that it was given. */
    record Confirmed() implements AlgorithmParameterSpec {}

    /** A key that is not in the process: there is nothing to encode. */
    static final class Held implements PrivateKey {
        private static final long serialVersionUID = 1L;
        private final transient PrivateKey inside;
        private final boolean wantsUser;

        Held(PrivateKey inside, boolean wantsUser) {
            this.inside = inside;
            this.wantsUser = wantsUser;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private record Entry(Held key, PublicKey open) {}

    static void install() {
        if (Security.getProvider(NAME) == null) {
            Security.addProvider(new FakeKeystore());
        }
    }

    FakeKeystore() {
        super(NAME, "1", "a key store for tests");
        put("KeyStore", NAME, Store.class);
        put("KeyPairGenerator", "EC", Pairs.class);
        put("KeyGenerator", "AES", Secrets.class);
        put("Signature", "SHA256withECDSA", Signing.class);
    }

    private void put(String type, String algorithm, Class<?> spi) {
        putService(new Service(this, type, algorithm, spi.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return switch (type) {
                    case "KeyStore" -> new Store();
                    case "KeyPairGenerator" -> new Pairs();
                    case "KeyGenerator" -> new Secrets();
                    default -> new Signing();
                };
            }

            @Override
            public boolean supportsParameter(@Nullable Object parameter) {
                return parameter instanceof Held;
            }
        });
    }

    public static final class Pairs extends KeyPairGeneratorSpi {
        private @Nullable KeyGenParameterSpec spec;

        @Override
        public void initialize(int size, SecureRandom random) {
            throw new IllegalArgumentException("expected a specification");
        }

        @Override
        public void initialize(AlgorithmParameterSpec wanted, SecureRandom random) {
            spec = (KeyGenParameterSpec) wanted;
        }

        @Override
        public KeyPair generateKeyPair() {
            KeyGenParameterSpec wanted = java.util.Objects.requireNonNull(spec);
            if (wanted.isStrongBoxBacked() && !secureElement) {
                throw new StrongBoxUnavailableException("this phone has none");
            }
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair pair = generator.generateKeyPair();
                Held held = new Held(pair.getPrivate(), wanted.isUserAuthenticationRequired());
                ENTRIES.put(wanted.getKeystoreAlias(), new Entry(held, pair.getPublic()));
                SPECS.put(wanted.getKeystoreAlias(), wanted);
                return new KeyPair(pair.getPublic(), held);
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static final class Secrets extends KeyGeneratorSpi {
        private @Nullable KeyGenParameterSpec spec;

        @Override
        protected void engineInit(SecureRandom random) {}

        @Override
        protected void engineInit(AlgorithmParameterSpec wanted, @Nullable SecureRandom random) {
            spec = (KeyGenParameterSpec) wanted;
        }

        @Override
        protected void engineInit(int size, SecureRandom random) {}

        @Override
        protected SecretKey engineGenerateKey() {
            try {
                KeyGenerator generator = KeyGenerator.getInstance("AES");
                generator.init(256);
                SecretKey key = generator.generateKey();
                ENTRIES.put(java.util.Objects.requireNonNull(spec).getKeystoreAlias(), key);
                return key;
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static final class Signing extends SignatureSpi {
        private final List<byte[]> input = new ArrayList<>();
        private @Nullable Held key;
        private boolean confirmed;

        @Override
        protected void engineInitSign(PrivateKey wanted) throws InvalidKeyException {
            if (!(wanted instanceof Held held)) {
                throw new InvalidKeyException("not of this store");
            }
            key = held;
            confirmed = false;
            input.clear();
        }

        @Override
        protected void engineInitVerify(PublicKey open) throws InvalidKeyException {
            throw new InvalidKeyException("only signs");
        }

        @Override
        protected void engineUpdate(byte octet) {
            input.add(new byte[] {octet});
        }

        @Override
        protected void engineUpdate(byte[] octets, int from, int length) {
            input.add(java.util.Arrays.copyOfRange(octets, from, from + length));
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            Held held = java.util.Objects.requireNonNull(key);
            if (held.wantsUser && !confirmed) {
                throw new SignatureException("Key user not authenticated");
            }
            confirmed = false;
            try {
                Signature inside = Signature.getInstance("SHA256withECDSA");
                inside.initSign(held.inside);
                for (byte[] piece : input) {
                    inside.update(piece);
                }
                return inside.sign();
            } catch (java.security.GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameter) {
            confirmed = parameter instanceof Confirmed;
        }

        @Override
        @SuppressWarnings("deprecation") // Abstract in the super class.
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @SuppressWarnings("deprecation")
        protected @Nullable Object engineGetParameter(String name) {
            return null;
        }
    }

    public static final class Store extends KeyStoreSpi {
        @Override
        public @Nullable Key engineGetKey(String alias, char @Nullable [] password) {
            Object entry = ENTRIES.get(alias);
            return entry instanceof Entry pair ? pair.key() : (Key) entry;
        }

        @Override
        public @Nullable Certificate engineGetCertificate(String alias) {
            return ENTRIES.get(alias) instanceof Entry pair ? new Plain(pair.open()) : null;
        }

        @Override
        public Certificate @Nullable [] engineGetCertificateChain(String alias) {
            Certificate own = engineGetCertificate(alias);
            return own == null ? null : new Certificate[] {own};
        }

        @Override
        public void engineDeleteEntry(String alias) {
            ENTRIES.remove(alias);
        }

        @Override
        public boolean engineContainsAlias(String alias) {
            return ENTRIES.containsKey(alias);
        }

        @Override
        public int engineSize() {
            return ENTRIES.size();
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(ENTRIES.keySet());
        }

        @Override
        public boolean engineIsKeyEntry(String alias) {
            return ENTRIES.containsKey(alias);
        }

        @Override
        public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) {}

        @Override
        public void engineStore(OutputStream stream, char[] password) {}

        @Override
        public @Nullable Date engineGetCreationDate(String alias) {
            return null;
        }

        @Override
        public boolean engineIsCertificateEntry(String alias) {
            return false;
        }

        @Override
        public @Nullable String engineGetCertificateAlias(Certificate certificate) {
            return null;
        }

        @Override
        public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {
            throw new IllegalStateException("keys are made in it");
        }

        @Override
        public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {
            throw new IllegalStateException("keys are made in it");
        }

        @Override
        public void engineSetCertificateEntry(String alias, Certificate certificate) {
            throw new IllegalStateException("keys are made in it");
        }
    }

    /** The public key, as the platform gives it. */
    private static final class Plain extends Certificate {
        private static final long serialVersionUID = 1L;
        private final transient PublicKey open;

        Plain(PublicKey open) {
            super("X.509");
            this.open = open;
        }

        @Override
        public byte[] getEncoded() {
            return open.getEncoded();
        }

        @Override
        public void verify(PublicKey key) {}

        @Override
        public void verify(PublicKey key, String provider) {}

        @Override
        public String toString() {
            return "a key's certificate";
        }

        @Override
        public PublicKey getPublicKey() {
            return open;
        }
    }
}
