package city.elicence.verifier.request;

import java.util.Arrays;
import java.util.Optional;

/** How the wallet answers: encrypted unless the relying party says otherwise (HAIP 1.0 §5.1). */
public enum ResponseMode {
    DIRECT_POST_JWT("direct_post.jwt"),
    /** Not HAIP: the answer is readable by whoever ends the TLS connection. */
    DIRECT_POST("direct_post");

    private final String text;

    ResponseMode(String text) {
        this.text = text;
    }

    /** As the standard writes it. */
    public String text() {
        return text;
    }

    /** The mode that the standard writes so. */
    public static Optional<ResponseMode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }
}
