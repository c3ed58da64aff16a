package city.elicence.credentials.qr;

/** How much of a QR code may be lost and still be read (ISO/IEC 18004 §5.1 g). */
public enum QrLevel {
    /** About 7 %: the most octets for a size. */
    LOW,
    /** About 15 %. */
    MEDIUM,
    /** About 25 %. */
    QUARTILE,
    /** About 30 %: for codes printed on paper. */
    HIGH
}
