package city.elicence.android.keys;

import android.app.Activity;
import android.app.Application;
import android.app.KeyguardManager;
import android.content.Intent;
import android.hardware.biometrics.BiometricManager;
import android.hardware.biometrics.BiometricPrompt;
import android.os.Build;
import android.os.Bundle;
import android.os.CancellationSignal;
import android.os.Handler;
import android.os.Looper;
import city.elicence.android.R;
import city.elicence.wallet.port.KeyStore.KeyNotReleased;
import java.security.Signature;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The platform's own prompt, over whatever screen of this app is in front. */
public final class LockPrompt implements Presence, Application.ActivityLifecycleCallbacks {
    /** The answer of the lock's own screen comes to the activity that asked, with this number. */
    public static final int UNLOCK = 41;

    private static final long PATIENCE_SECONDS = 120;

    private final Handler screen = new Handler(Looper.getMainLooper());
    private @Nullable Activity front;
    private @Nullable CompletableFuture<Boolean> waiting;

    private interface Prompt {
        void show(Activity over, CompletableFuture<Boolean> answer);
    }

    @Override
    public void confirm(Signature begun) {
        ask((over, answer) -> prompt(over, begun, answer));
    }

    @Override
    @SuppressWarnings("deprecation") // The call for Android before 11.
    public void unlock() {
        ask((over, answer) -> {
            Intent lock = over.getSystemService(KeyguardManager.class)
                    .createConfirmDeviceCredentialIntent(
                            over.getString(R.string.confirm_title), over.getString(R.string.confirm_why));
            if (lock == null) {
                answer.complete(false);
            } else {
                over.startActivityForResult(lock, UNLOCK);
            }
        });
    }

    /** What the lock's own screen said. */
    public void unlocked(boolean confirmed) {
        CompletableFuture<Boolean> answer = waiting;
        if (answer != null) {
            answer.complete(confirmed);
        }
    }

    private void ask(Prompt prompt) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        screen.post(() -> {
            Activity over = front;
            waiting = answer;
            if (over == null) {
                answer.complete(false);
            } else {
                prompt.show(over, answer);
            }
        });
        try {
            if (!answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new KeyNotReleased("the holder did not confirm");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyNotReleased("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw new KeyNotReleased("no answer from the prompt");
        }
    }

    private static void prompt(Activity over, Signature begun, CompletableFuture<Boolean> answer) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) {
            answer.complete(false);
            return;
        }
        new BiometricPrompt.Builder(over)
                .setTitle(over.getString(R.string.confirm_title))
                .setDescription(over.getString(R.string.confirm_why))
                .setAllowedAuthenticators(BiometricManager.Authenticators.BIOMETRIC_STRONG
                        | BiometricManager.Authenticators.DEVICE_CREDENTIAL)
                .build()
                .authenticate(
                        new BiometricPrompt.CryptoObject(begun),
                        new CancellationSignal(),
                        over.getMainExecutor(),
                        new BiometricPrompt.AuthenticationCallback() {
                            @Override
                            public void onAuthenticationSucceeded(BiometricPrompt.AuthenticationResult result) {
                                answer.complete(true);
                            }

                            @Override
                            public void onAuthenticationError(int code, CharSequence message) {
                                answer.complete(false);
                            }
                        });
    }

    @Override
    public void onActivityResumed(Activity activity) {
        front = activity;
    }

    @Override
    public void onActivityDestroyed(Activity activity) {
        if (activity.equals(front)) {
            front = null;
            unlocked(false);
        }
    }

    @Override
    public void onActivityCreated(Activity activity, @Nullable Bundle state) {}

    @Override
    public void onActivityStarted(Activity activity) {}

    @Override
    public void onActivityPaused(Activity activity) {}

    @Override
    public void onActivityStopped(Activity activity) {}

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) {}
}
