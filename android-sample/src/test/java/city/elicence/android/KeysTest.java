package city.elicence.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.security.keystore.KeyGenParameterSpec;
import android.security.keystore.KeyProperties;
import city.elicence.android.keys.PhoneKeys;
import city.elicence.android.keys.Presence;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.wallet.port.KeyStore;
import java.security.InvalidAlgorithmParameterException;
import java.security.Signature;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;

/** Keys in the platform's key store: what is asked of it, and that a presence that is not tied to the signature is none. */
@RunWith(RobolectricTestRunner.class)
public class KeysTest {
    private static final byte[] INPUT = {1, 2, 3};

    @Before
    public void store() {
        FakeKeystore.install();
        FakeKeystore.secureElement = true;
    }

    /** A prompt that is answered; tied to the operation or not. */
    private record Prompt(boolean tied) implements Presence {
        @Override
        public void confirm(Signature begun) {
            if (tied) {
                try {
                    begun.setParameter(new FakeKeystore.Confirmed());
                } catch (InvalidAlgorithmParameterException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void unlock() {}
    }

    @Test
    public void aHolderKeySignsOnceForEachConfirmationThatIsTiedToTheSignature() {
        SigningKey key = new PhoneKeys(new Prompt(true)).create("tied", KeyStore.KeyUse.HOLDER);
        assertEquals(64, key.sign(INPUT).length);
        assertEquals(64, key.sign(INPUT).length);
    }

    @Test
    public void withoutTheCryptoObjectSigningFails() {
        SigningKey key = new PhoneKeys(new Prompt(false)).create("untied", KeyStore.KeyUse.HOLDER);
        assertThrows(KeyStore.KeyNotReleased.class, () -> key.sign(INPUT));
    }

    @Test
    public void aClientKeyNeedsNobody() {
        SigningKey key = new PhoneKeys(new Prompt(false)).create("client", KeyStore.KeyUse.CLIENT);
        assertEquals(64, key.sign(INPUT).length);
    }

    @Test
    public void aHolderKeyIsMadeInTheSecureElementAttestedAndBoundToItsUser() {
        new PhoneKeys(new Prompt(true)).create("strong", KeyStore.KeyUse.HOLDER);
        KeyGenParameterSpec spec = spec("holder:strong");
        assertTrue(spec.isStrongBoxBacked());
        assertNotNull("a challenge, so that the key is attested", spec.getAttestationChallenge());
        assertTrue(spec.isUserAuthenticationRequired());
        assertEquals("each use", 0, spec.getUserAuthenticationValidityDurationSeconds());
        assertEquals(
                KeyProperties.AUTH_BIOMETRIC_STRONG | KeyProperties.AUTH_DEVICE_CREDENTIAL,
                spec.getUserAuthenticationType());
        assertEquals(KeyProperties.PURPOSE_SIGN, spec.getPurposes());
    }

    @Test
    public void whereThereIsNoSecureElementTheKeyIsMadeWithoutAndStillAttested() {
        FakeKeystore.secureElement = false;
        new PhoneKeys(new Prompt(true)).create("weaker", KeyStore.KeyUse.HOLDER);
        KeyGenParameterSpec spec = spec("holder:weaker");
        assertFalse(spec.isStrongBoxBacked());
        assertNotNull(spec.getAttestationChallenge());
        assertTrue(spec.isUserAuthenticationRequired());
    }

    private static KeyGenParameterSpec spec(String name) {
        return java.util.Objects.requireNonNull(FakeKeystore.SPECS.get(name));
    }

    @Test
    public void aDeletedKeyIsGone() {
        PhoneKeys keys = new PhoneKeys(new Prompt(true));
        keys.create("gone", KeyStore.KeyUse.HOLDER);
        keys.delete("gone");
        assertNull(keys.open("gone"));
    }
}
