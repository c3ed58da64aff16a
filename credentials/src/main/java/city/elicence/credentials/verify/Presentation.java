package city.elicence.credentials.verify;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.merkle.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was shown: an SD-JWT+KB in compact form, or a DeviceResponse in base64url; and what came with it: an anchor receipt (else the one in the key binding JWT, claim
 * {@code anchor_receipt}), and status list tokens that the wallet fetched. Untrusted, all of it.
 */
public record Presentation(
        Format format, String text, @Nullable Receipt receipt, List<String> statusTokens) {
    public Presentation {
        statusTokens = Collections.unmodifiableList(new ArrayList<>(statusTokens));
    }

    /** An SD-JWT VC. */
    public static Presentation of(String compact) {
        return new Presentation(Format.SD_JWT_VC, compact, null, List.of());
    }

    /** In the format that was asked for: what it says of itself has no part in that. */
    public static Presentation in(Format format, String text) {
        return new Presentation(format, text, null, List.of());
    }

    public Presentation withReceipt(Receipt with) {
        return new Presentation(format, text, with, statusTokens);
    }

    public Presentation withStatusTokens(List<String> with) {
        return new Presentation(format, text, receipt, with);
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Presentation[" + text.length() + " characters]";
    }
}
