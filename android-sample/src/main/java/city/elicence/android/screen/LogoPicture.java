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

/**
 * A stranger's picture as pixels. Nothing is fetched and nothing is run. An SVG is left out before AndroidSVG reads it
 * where its text names, be it in a comment, what a few lines make it draw without end; what draws a thing again, or lies
 * one in another, is counted. An honest picture may be left out too: its card then looks plain.
 */
final class LogoPicture {
    private static final int LARGEST = 4096;

    private static final String SELECTORS = "\\s*+[.#]?[\\w-]++(?:\\s*+,\\s*+[.#]?[\\w-]++){0,9}+\\s*+";
    private static final String RULES = "(?:" + SELECTORS + "\\{[^\\{\\}<\\&\\\\]*+\\}){0,64}+\\s*+";

    /** The rest of a style element whose few rules each look at one element alone. */
    private static final String PLAIN_STYLE =
            "(?:\\s++[\\w:-]++=(?:\"[^\"<>]*+\"|'[^'<>]*+')){0,4}+\\s*+>\\s*+(?:<!\\[CDATA\\[" + RULES + "\\]\\]>|"
                    + RULES + ")\\s*+</";

    /**
     * Elements that multiply, other rules of style than plain ones, dashes, and what would let a reader of XML or CSS see
     * these where the text has none: entities, defaults of attributes, comments of CSS, any encoding but UTF-8.
     */
    private static final Pattern REFUSED = Pattern.compile("[<:]\\s*(?:mask|pattern|marker|image|clipPath)\\b"
            + "|[<:]\\s*style\\b(?!" + PLAIN_STYLE + ")"
            + "|stroke-dasharray(?!\\s*[=:]\\s*[\"']?\\s*none\\b)"
            + "|<!(?:ENTITY|ATTLIST)|&#|/\\*|\\x00"
            + "|encoding(?!\\s*=\\s*[\"'](?i:utf-8)[\"'])");

    /** Drawn again wherever they are named: nested, a few lines would be drawn a million times. */
    private static final Pattern REPEATED = Pattern.compile("[<:]\\s*(?:use|tref|textPath)\\b");

    private static final int MOST_REPEATED = 12;

    /** Each may be a layer of its own, and all may be open at once. */
    private static final Pattern NESTED = Pattern.compile("[<:]\\s*(?:g|svg|a|switch|symbol)\\b");

    private static final int MOST_NESTED = 400;

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
        try {
            if (REFUSED.matcher(text).find()
                    || count(REPEATED, text) > MOST_REPEATED
                    || count(NESTED, text) > MOST_NESTED) {
                return null;
            }
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
        } catch (SVGParseException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return null;
        }
    }

    private static int count(Pattern pattern, String text) {
        int found = 0;
        for (Matcher at = pattern.matcher(text); at.find(); ) {
            found++;
        }
        return found;
    }
}
