package city.elicence.android.screen;

import android.content.Context;
import android.content.SharedPreferences;

/** What the holder chose of how the app is; nothing of it is about a licence. */
public final class Choices {
    private static final String LANGUAGE = "language";
    private static final String WELCOMED = "welcomed";

    private final SharedPreferences kept;

    private Choices(SharedPreferences kept) {
        this.kept = kept;
    }

    public static Choices of(Context context) {
        return new Choices(context.getSharedPreferences("choices", Context.MODE_PRIVATE));
    }

    /** A language tag, empty where the phone's own language is used. */
    public String language() {
        return kept.getString(LANGUAGE, "");
    }

    public void language(String tag) {
        kept.edit().putString(LANGUAGE, tag).apply();
    }

    public boolean welcomed() {
        return kept.getBoolean(WELCOMED, false);
    }

    public void welcomed(boolean done) {
        kept.edit().putBoolean(WELCOMED, done).apply();
    }
}
