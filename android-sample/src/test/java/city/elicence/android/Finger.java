package city.elicence.android;

import android.hardware.biometrics.BiometricPrompt;
import android.os.CancellationSignal;
import java.security.InvalidAlgorithmParameterException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;

/** The platform's prompt, answered at once: by the right finger, or by nobody. */
@Implements(BiometricPrompt.class)
public class Finger {
    static boolean touches = true;
    static int prompts;

    @Implementation
    protected void authenticate(
            BiometricPrompt.@Nullable CryptoObject crypto,
            CancellationSignal cancel,
            Executor executor,
            BiometricPrompt.AuthenticationCallback callback) {
        prompts++;
        executor.execute(() -> {
            if (!touches) {
                callback.onAuthenticationError(BiometricPrompt.BIOMETRIC_ERROR_USER_CANCELED, "cancelled");
                return;
            }
            try {
                if (crypto != null) {
                    crypto.getSignature().setParameter(new FakeKeystore.Confirmed());
                }
            } catch (InvalidAlgorithmParameterException e) {
                throw new IllegalStateException(e);
            }
            callback.onAuthenticationSucceeded(null);
        });
    }

    /** A prompt that is tied to no operation. */
    @Implementation
    protected void authenticate(
            CancellationSignal cancel, Executor executor, BiometricPrompt.AuthenticationCallback callback) {
        authenticate(null, cancel, executor, callback);
    }
}
