package city.elicence.credentials.cbor;

/** IEEE 754 binary16, which Java 17 does not know (RFC 8949 appendix D). */
final class HalfFloat {
    private HalfFloat() {}

    static double toDouble(int bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, -24);
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** The half with that value, or some half with another where there is none. */
    static int ofDouble(double value) {
        int sign = (Double.doubleToRawLongBits(value) >>> 63) == 0 ? 0 : 0x8000;
        double magnitude = Math.abs(value);
        if (Double.isInfinite(value)) {
            return sign | 0x7c00;
        }
        int exponent = magnitude == 0 ? -15 : Math.getExponent(magnitude);
        if (exponent > 15) {
            return sign | 0x7c00;
        }
        if (exponent < -14) {
            return sign | (int) Math.scalb(magnitude, 24);
        }
        int fraction = (int) Math.scalb(magnitude, 10 - exponent);
        return sign | (exponent + 15) << 10 | (fraction & 0x3ff);
    }
}
