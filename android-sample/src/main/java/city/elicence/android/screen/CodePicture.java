package city.elicence.android.screen;

import android.graphics.Bitmap;
import android.graphics.Color;
import city.elicence.credentials.qr.QrMatrix;

/** A QR code as a picture. */
public final class CodePicture {
    private CodePicture() {}

    /** Every module is a whole number of pixels wide, the whole at most {@code width}: uneven ones cost a scanner its grid. */
    public static Bitmap of(QrMatrix code, int width) {
        int scale = Math.max(1, Math.min(64, width / code.pixels(1)));
        int side = code.pixels(scale);
        byte[] luma = code.luma(scale);
        int[] colours = new int[luma.length];
        for (int i = 0; i < luma.length; i++) {
            colours[i] = luma[i] == 0 ? Color.BLACK : Color.WHITE;
        }
        return Bitmap.createBitmap(colours, side, side, Bitmap.Config.RGB_565);
    }
}
