package city.elicence.credentials.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.WriterException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes and reads QR codes (ISO/IEC 18004). */
public final class Qr {
    /** The largest version there is. */
    public static final int MAX_VERSION = 40;

    private static final int MAX_PIXELS = 50_000_000;

    private Qr() {}

    /** Text as a QR code of whatever version it needs. */
    public static QrMatrix encode(String text, QrLevel level) throws QrException {
        return encode(text, level, MAX_VERSION);
    }

    /** Text as a QR code of at most that version. */
    public static QrMatrix encode(String text, QrLevel level, int maxVersion) throws QrException {
        boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        return encode(text, ascii ? null : StandardCharsets.UTF_8.name(), level, maxVersion);
    }

    /** Octets, exactly, as a QR code of at most that version. */
    public static QrMatrix encode(byte[] octets, QrLevel level, int maxVersion) throws QrException {
        // ISO/IEC 18004 §7.3.5: byte mode without a declared character set is ISO/IEC 8859-1, one octet a character.
        return encode(new String(octets, StandardCharsets.ISO_8859_1), null, level, maxVersion);
    }

    private static QrMatrix encode(
            String text, @org.jspecify.annotations.Nullable String charset, QrLevel level, int maxVersion)
            throws QrException {
        if (maxVersion < 1 || maxVersion > MAX_VERSION) {
            throw new IllegalArgumentException("a QR code's version is 1 to 40, found " + maxVersion);
        }
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        if (charset != null) {
            hints.put(EncodeHintType.CHARACTER_SET, charset);
        }
        QRCode code;
        try {
            code = Encoder.encode(text, zxingLevel(level), hints);
        } catch (WriterException | IllegalArgumentException e) {
            throw new QrException("the content fits no QR code at level " + level);
        }
        int version = code.getVersion().getVersionNumber();
        if (version > maxVersion) {
            throw new QrException("the content needs version " + version + ", allowed is " + maxVersion);
        }
        ByteMatrix modules = code.getMatrix();
        BitSet dark = new BitSet();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                dark.set(y * modules.getWidth() + x, modules.get(x, y) == 1);
            }
        }
        return new QrMatrix(modules.getWidth(), dark);
    }

    private static ErrorCorrectionLevel zxingLevel(QrLevel level) {
        return switch (level) {
            case LOW -> ErrorCorrectionLevel.L;
            case MEDIUM -> ErrorCorrectionLevel.M;
            case QUARTILE -> ErrorCorrectionLevel.Q;
            case HIGH -> ErrorCorrectionLevel.H;
        };
    }

    /**
     * All the QR codes that are found in a picture of grey values, row by row, 0 for black; none is an empty list. Light
     * codes on a dark ground are found too.
     */
    public static List<QrContent> decode(int width, int height, byte[] luma) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS || luma.length < width * height) {
            throw new IllegalArgumentException("a picture has width times height grey values, 50 million at most");
        }
        LuminanceSource picture = new PlanarYUVLuminanceSource(luma, width, height, 0, 0, width, height, false);
        for (LuminanceSource source : List.of(picture, picture.invert())) {
            for (BinaryBitmap bitmap : List.of(
                    new BinaryBitmap(new HybridBinarizer(source)),
                    new BinaryBitmap(new GlobalHistogramBinarizer(source)))) {
                List<QrContent> found = decode(bitmap);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private static List<QrContent> decode(BinaryBitmap bitmap) {
        Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
        hints.put(DecodeHintType.TRY_HARDER, true);
        List<QrContent> found = new ArrayList<>();
        try {
            for (Result result : new QRCodeMultiReader().decodeMultiple(bitmap, hints)) {
                if (result.getBarcodeFormat() == BarcodeFormat.QR_CODE) {
                    found.add(content(result));
                }
            }
        } catch (NotFoundException e) {
            return List.of();
        }
        return found;
    }

    private static QrContent content(Result result) {
        Map<ResultMetadataType, Object> metadata = result.getResultMetadata();
        Object segments = metadata == null ? null : metadata.get(ResultMetadataType.BYTE_SEGMENTS);
        if (segments instanceof List<?> list && list.size() == 1 && list.get(0) instanceof byte[] octets) {
            return new QrContent(result.getText(), octets.clone());
        }
        return QrContent.ofText(result.getText());
    }
}
