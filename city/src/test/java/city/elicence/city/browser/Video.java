package city.elicence.city.browser;

import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.qr.QrMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A film of QR codes, each shown for a while, in the uncompressed format that Chromium's fake camera reads (YUV4MPEG2). */
final class Video {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int PICTURES = 24;
    private static final byte WHITE = (byte) 235;
    private static final byte BLACK = 16;

    private Video() {}

    /** The codes one after another, over and over; every film is equally long, so that one can be laid over another. */
    static byte[] of(List<byte[]> codes) throws QrException {
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        film.writeBytes(("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F10:1 Ip A1:1 C420mpeg2\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] grey = new byte[WIDTH * HEIGHT / 2];
        Arrays.fill(grey, (byte) 128);
        List<byte[]> pictures = new ArrayList<>();
        for (byte[] code : codes) {
            pictures.add(picture(Qr.encode(code, QrLevel.LOW, 15)));
        }
        for (int i = 0; i < PICTURES; i++) {
            film.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            film.writeBytes(pictures.get(i * codes.size() / PICTURES));
            film.writeBytes(grey);
        }
        return film.toByteArray();
    }

    private static byte[] picture(QrMatrix code) {
        byte[] luma = new byte[WIDTH * HEIGHT];
        Arrays.fill(luma, WHITE);
        int scale = (HEIGHT - 40) / (code.size() + 8);
        int left = (WIDTH - code.size() * scale) / 2;
        int top = (HEIGHT - code.size() * scale) / 2;
        for (int y = 0; y < code.size() * scale; y++) {
            for (int x = 0; x < code.size() * scale; x++) {
                if (code.isDark(x / scale, y / scale)) {
                    luma[(top + y) * WIDTH + left + x] = BLACK;
                }
            }
        }
        return luma;
    }
}
