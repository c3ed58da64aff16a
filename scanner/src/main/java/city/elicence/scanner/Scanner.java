package city.elicence.scanner;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** Reads the QR code in a picture, in a web page: compiled to {@code scanner.js}. */
public final class Scanner {
    private Scanner() {}

    /**
     * The content of the QR code in a picture of grey values.
     *
     * @param luma row by row, 0 for black
     * @return one character an octet (ISO/IEC 8859-1), or null when no code is found
     */
    @JSExport
    public static @Nullable String decode(byte[] luma, int width, int height) {
        Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
        hints.put(DecodeHintType.TRY_HARDER, true);
        hints.put(DecodeHintType.CHARACTER_SET, "ISO-8859-1");
        PlanarYUVLuminanceSource picture =
                new PlanarYUVLuminanceSource(luma, width, height, 0, 0, width, height, false);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(picture)), hints)
                    .getText();
        } catch (ReaderException e) {
            return null;
        }
    }

    /** Where the compiler begins; a page calls {@link #decode} alone. */
    public static void main(String[] args) {}
}
