package city.elicence.android.screen;

import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.Canvas;
import android.graphics.RectF;
import city.elicence.wallet.store.Logo;
import com.caverock.androidsvg.SVG;
import com.caverock.androidsvg.SVGParseException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stranger's picture as pixels: nothing is fetched, nothing is run, and it cannot keep the phone busy. */
final class LogoPicture {
    private static final int LARGEST = 4096;

    /** Drawn again wherever they are named: nested, a few lines would be drawn a million times. */
    private static final Pattern REPEATED = Pattern.compile("<\\s*(?:\\w+:)?(?:use|mask|pattern|marker|image)\\b");

    private static final int MOST_REPEATED = 12;

    private LogoPicture() {}

    /** A square of so many pixels; null where it cannot be drawn. */
    static @Nullable Bitmap of(Logo logo, int pixels) {
        return logo.mediaType().equals(Logo.PNG) ? png(logo.octets(), pixels) : svg(logo.octets(), pixels);
    }

    private static @Nullable Bitmap png(byte[] octets, int pixels) {
        BitmapFactory.Options options = new BitmapFactory.Options();
        options.inJustDecodeBounds = true;
        BitmapFactory.decodeByteArray(octets, 0, octets.length, options);
        int largest = Math.max(options.outWidth, options.outHeight);
        if (largest <= 0 || largest > LARGEST) {
            return null;
        }
        options.inJustDecodeBounds = false;
        options.inSampleSize = Math.max(1, Integer.highestOneBit(largest / pixels));
        return BitmapFactory.decodeByteArray(octets, 0, octets.length, options);
    }

    private static @Nullable Bitmap svg(byte[] octets, int pixels) {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (repeated(text) > MOST_REPEATED) {
            return null;
        }
        try {
            SVG.setInternalEntitiesEnabled(false);
            SVG picture = SVG.getFromString(text);
            RectF box = picture.getDocumentViewBox();
            float width = picture.getDocumentWidth();
            float height = picture.getDocumentHeight();
            if (box == null && width > 0 && height > 0) {
                picture.setDocumentViewBox(0, 0, width, height);
            }
            picture.setDocumentWidth("100%");
            picture.setDocumentHeight("100%");
            Bitmap drawn = Bitmap.createBitmap(pixels, pixels, Bitmap.Config.ARGB_8888);
            picture.renderToCanvas(new Canvas(drawn));
            return drawn;
        } catch (SVGParseException | RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static int repeated(String text) {
        int found = 0;
        for (Matcher at = REPEATED.matcher(text); at.find(); ) {
            found++;
        }
        return found;
    }
}
