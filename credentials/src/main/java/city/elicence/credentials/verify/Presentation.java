package city.elicence.credentials.verify;

import city.elicence.credentials.merkle.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was shown: an SD-JWT+KB in compact form, and what came with it: an anchor receipt (else the one in the key binding JWT, claim
 * {@code anchor_receipt}), and status list tokens that the wallet fetched. Untrusted, all of it.
 */
public record Presentation(String compact, @Nullable Receipt receipt, List<String> statusTokens) {
    public Presentation {
        statusTokens = Collections.unmodifiableList(new ArrayList<>(statusTokens));
    }

    public static Presentation of(String compact) {
        return new Presentation(compact, null, List.of());
    }

    public Presentation withReceipt(Receipt with) {
        return new Presentation(compact, with, statusTokens);
    }

    public Presentation withStatusTokens(List<String> with) {
        return new Presentation(compact, receipt, with);
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Presentation[" + compact.length() + " characters]";
    }
}
