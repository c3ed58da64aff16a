/** A presentation packed into a few QR frames for a verifier with no network (docs/offline-qr.md). */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.offline;
