/** QR codes as matrices, PNG pictures and camera pixels; the only package that sees ZXing. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.qr;
