package city.elicence.android;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import city.elicence.android.company.CompanyActivity;
import city.elicence.android.present.ConsentActivity;
import city.elicence.android.receive.OfferActivity;
import city.elicence.android.record.SettingsActivity;
import city.elicence.wallet.company.CompanyLink;
import java.util.Locale;

/** What a code or link wants, by its scheme alone; the screen that it opens checks the rest. */
public final class Links {
    private Links() {}

    /** Opens the screen that the text is for; false where it is for none. */
    public static boolean open(String text, Activity from) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        Class<? extends Activity> screen = switch (scheme) {
            case "openid-credential-offer", "haip-vci" -> OfferActivity.class;
            case "openid4vp", "haip-vp" -> ConsentActivity.class;
            case CompanyLink.SCHEME -> CompanyActivity.class;
            case "elicence-trust" -> SettingsActivity.class;
            default -> null;
        };
        if (screen == null) {
            return false;
        }
        from.startActivity(new Intent(from, screen).setData(Uri.parse(text)));
        return true;
    }
}
