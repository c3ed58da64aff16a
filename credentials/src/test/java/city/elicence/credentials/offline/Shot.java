package city.elicence.credentials.offline;

import city.elicence.credentials.qr.QrMatrix;
import java.util.Random;

/**
 * What a camera makes of a code on a screen: each fault of a picture alone, in the middle of what a hand and a counter do. All
 * of it is computed from the seed.
 */
enum Shot {
    CLEAR("clear"),
    BLUR("out of focus"),
    SLANT("at an angle"),
    GLARE("glare"),
    MOIRE("moiré"),
    DARK("low light");

    /** The code with its quiet zone takes this part of the picture's shorter side. */
    private static final double FILLED = 0.75;

    private final String label;

    Shot(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** A picture so many pixels square. */
    byte[] take(QrMatrix code, int side, Random random) {
        double[] seen = new double[side * side];
        double modules = code.size() + 2.0 * QrMatrix.QUIET_ZONE_MODULES;
        double turn = (random.nextDouble() - 0.5) * 0.12;
        double slantX = this == SLANT ? 0.2 + 0.1 * random.nextDouble() : 0;
        double slantY = this == SLANT ? (random.nextDouble() - 0.5) * 0.1 : 0;
        double shiftX = random.nextDouble() - 0.5;
        double shiftY = random.nextDouble() - 0.5;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int light = 0;
                // Four points of each pixel: a sensor's cell sees an area.
                for (int part = 0; part < 4; part++) {
                    double px = (x + shiftX + (part % 2) / 2.0 + 0.25) / side - 0.5;
                    double py = (y + shiftY + (part > 1 ? 0.5 : 0) + 0.25) / side - 0.5;
                    double depth = 1 + slantX * px + slantY * py;
                    double u = (px * Math.cos(turn) - py * Math.sin(turn)) / depth / FILLED + 0.5;
                    double v = (px * Math.sin(turn) + py * Math.cos(turn)) / depth / FILLED + 0.5;
                    int mx = (int) Math.floor(u * modules) - QrMatrix.QUIET_ZONE_MODULES;
                    int my = (int) Math.floor(v * modules) - QrMatrix.QUIET_ZONE_MODULES;
                    boolean screen = u > -0.1 && u < 1.1 && v > -0.1 && v < 1.1;
                    light += !screen ? 90 : code.isDark(mx, my) ? 25 : 235;
                }
                seen[y * side + x] = light / 4.0;
            }
        }
        return sensed(this == BLUR ? blurred(seen, side, side / 500.0) : seen, side, random);
    }

    private byte[] sensed(double[] light, int side, Random random) {
        byte[] luma = new byte[light.length];
        double glareX = side * (0.25 + random.nextDouble() * 0.5);
        double glareY = side * (0.25 + random.nextDouble() * 0.5);
        double grid = 2.2 + random.nextDouble();
        for (int i = 0; i < luma.length; i++) {
            int x = i % side;
            int y = i / side;
            double value = light[i];
            double noise = 5;
            switch (this) {
                case GLARE -> {
                    double far = Math.hypot((x - glareX) / side, (y - glareY) / side);
                    value = value * 0.85 + 190 * Math.exp(-far * far / 0.02);
                }
                // The screen's own grid against the sensor's: bands several modules wide.
                case MOIRE -> value *= 0.78 + 0.22 * Math.sin(x / grid) * Math.sin((y + 0.3 * x) / (grid * 1.07));
                case DARK -> {
                    value = 12 + value * 0.28;
                    noise = 6;
                }
                case CLEAR, BLUR, SLANT -> value = 10 + value * 0.9;
            }
            luma[i] = (byte) Math.max(0, Math.min(255, Math.round(value + noise * random.nextGaussian())));
        }
        return luma;
    }

    /** A lens that is out of focus: a box blur of that radius, twice. */
    private static double[] blurred(double[] light, int side, double radius) {
        int r = Math.max(1, (int) Math.round(radius));
        double[] rows = new double[light.length];
        double[] both = new double[light.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double sum = 0;
                for (int d = -r; d <= r; d++) {
                    sum += light[y * side + Math.max(0, Math.min(side - 1, x + d))];
                }
                rows[y * side + x] = sum / (2 * r + 1);
            }
        }
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double sum = 0;
                for (int d = -r; d <= r; d++) {
                    sum += rows[Math.max(0, Math.min(side - 1, y + d)) * side + x];
                }
                both[y * side + x] = sum / (2 * r + 1);
            }
        }
        return both;
    }
}
