package city.elicence.android;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import android.util.Log;
import city.elicence.android.keys.LockPrompt;
import city.elicence.android.keys.PhoneKeys;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.company.CompanyPhone;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.proximity.Type4Tag;
import city.elicence.wallet.store.EncryptedFileStore;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one wallet of the phone and the one thread that it is used on. */
public final class WalletApp extends Application {
    /** Each copy of a licence has a key of its own, and each key is confirmed once by a finger when it is received. */
    private static final int COPIES = 1;

    /** What a screen wants of the wallet, away from the main thread. */
    public interface Question<T> {
        T of(Wallet wallet) throws Exception;
    }

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final ExecutorService waiting = Executors.newCachedThreadPool();
    private final Handler screen = new Handler(Looper.getMainLooper());
    private final LockPrompt prompt = new LockPrompt();
    private final PhoneKeys keys = new PhoneKeys(prompt);
    private PhoneTrust trust;
    private @Nullable Wallet wallet;
    private @Nullable CompanyPhone company;
    private @Nullable Type4Tag tag;

    @Override
    public void onCreate() {
        super.onCreate();
        trust = new PhoneTrust(this);
        registerActivityLifecycleCallbacks(prompt);
    }

    public PhoneTrust trust() {
        return trust;
    }

    public LockPrompt prompt() {
        return prompt;
    }

    /** Asks the wallet in the background; the answer, or the fault, comes back on the main thread. */
    public <T> void ask(Question<T> question, Consumer<T> answer, Consumer<Exception> fault) {
        ask(worker, question, answer, fault);
    }

    /** The same for what waits for somebody else: other screens have the wallet meanwhile. */
    public <T> void await(Question<T> question, Consumer<T> answer, Consumer<Exception> fault) {
        ask(waiting, question, answer, fault);
    }

    private <T> void ask(ExecutorService where, Question<T> question, Consumer<T> answer, Consumer<Exception> fault) {
        where.execute(() -> {
            try {
                T value = question.of(wallet());
                screen.post(() -> answer.accept(value));
            } catch (Exception e) {
                Log.w("elicence", "the wallet failed: " + e.getClass().getName());
                screen.post(() -> fault.accept(e));
            }
        });
    }

    /** This phone as a company's pen; asked for where the wallet is, in a question. */
    public CompanyPhone company() {
        CompanyPhone open = company;
        if (open == null) {
            throw new IllegalStateException("the wallet was not opened");
        }
        return open;
    }

    /** What a reader that touches the phone finds, on the main thread; null when nothing is shown. */
    public @Nullable Type4Tag tag() {
        return tag;
    }

    public void hold(@Nullable Type4Tag shown) {
        tag = shown;
    }

    private synchronized Wallet wallet() throws IOException {
        Wallet open = wallet;
        if (open == null) {
            trust.open();
            EncryptedFileStore store =
                    new EncryptedFileStore(getFilesDir().toPath().resolve("wallet"), keys);
            open = new Wallet(WalletParts.of(keys, store, trust::current).withCopies(COPIES));
            wallet = open;
            company = new CompanyPhone(WalletParts.of(keys, store, trust::current));
        }
        return open;
    }
}
