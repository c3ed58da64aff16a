package city.elicence.credentials.qr;

import java.util.BitSet;

/** A QR code as modules, dark or light, without the quiet zone. */
public final class QrMatrix {
    /** ISO/IEC 18004 §9.1: the quiet zone is four modules wide. */
    public static final int QUIET_ZONE_MODULES = 4;

    private final int size;
    private final BitSet dark;

    QrMatrix(int size, BitSet dark) {
        this.size = size;
        this.dark = dark;
    }

    /** Modules on a side. */
    public int size() {
        return size;
    }

    /** The version, 1 to 40, by which the size is known. */
    public int version() {
        return (size - 17) / 4;
    }

    /** Whether the module is dark; outside the code all is light. */
    public boolean isDark(int x, int y) {
        return x >= 0 && y >= 0 && x < size && y < size && dark.get(y * size + x);
    }

    /** A PNG, black on white, with the quiet zone, each module {@code scale} pixels wide. */
    public byte[] png(int scale) {
        return PngPicture.of(this, scale);
    }

    /** Pixels on a side of the picture that {@link #png} and {@link #luma} make. */
    public int pixels(int scale) {
        if (scale < 1 || scale > 64) {
            throw new IllegalArgumentException("a module is 1 to 64 pixels wide, found " + scale);
        }
        return (size + 2 * QUIET_ZONE_MODULES) * scale;
    }

    /** The picture's grey values, row by row: 0 dark, 255 light. */
    public byte[] luma(int scale) {
        int side = pixels(scale);
        byte[] luma = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean isDark = isDark(x / scale - QUIET_ZONE_MODULES, y / scale - QUIET_ZONE_MODULES);
                luma[y * side + x] = isDark ? 0 : (byte) 0xff;
            }
        }
        return luma;
    }
}
