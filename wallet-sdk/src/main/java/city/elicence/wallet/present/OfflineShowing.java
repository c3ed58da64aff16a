package city.elicence.wallet.present;

import city.elicence.credentials.offline.OfflineFrame;
import java.time.Instant;
import java.util.List;

/**
 * What to show as QR codes to a verifier with no network, one after another.
 *
 * @param frames each goes into one QR code, as octets
 * @param until after this a verifier refuses it
 */
public record OfflineShowing(List<OfflineFrame> frames, Instant until) {
    public OfflineShowing {
        frames = List.copyOf(frames);
    }
}
