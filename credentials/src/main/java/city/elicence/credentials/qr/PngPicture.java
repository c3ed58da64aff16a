package city.elicence.credentials.qr;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The few chunks of PNG (W3C, third edition) that a black and white picture needs. No AWT: phones have none. */
final class PngPicture {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngPicture() {}

    static byte[] of(QrMatrix matrix, int scale) {
        int side = matrix.pixels(scale);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(SIGNATURE, 0, SIGNATURE.length);
        // §11.2.1 IHDR: width, height, 1 bit, greyscale, deflate, adaptive filters, no interlace.
        ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side).put((byte) 1);
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflate(scanlines(matrix, scale, side)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** §7.2: each row is a filter octet (0: none) and its pixels from the most significant bit; 1 is white. */
    private static byte[] scanlines(QrMatrix matrix, int scale, int side) {
        int rowLength = 1 + (side + 7) / 8;
        byte[] rows = new byte[rowLength * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int quiet = QrMatrix.QUIET_ZONE_MODULES;
                if (!matrix.isDark(x / scale - quiet, y / scale - quiet)) {
                    int at = y * rowLength + 1 + x / 8;
                    rows[at] = (byte) (rows[at] | (0x80 >> (x % 8)));
                }
            }
        }
        return rows;
    }

    private static byte[] deflate(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(octets);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** §5.3: length, type, data, CRC over type and data. */
    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        chunk.putInt((int) crc.getValue());
        png.write(chunk.array(), 0, chunk.capacity());
    }
}
