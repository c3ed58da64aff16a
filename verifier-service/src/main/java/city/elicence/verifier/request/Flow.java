package city.elicence.verifier.request;

import java.util.Arrays;
import java.util.Optional;

/** Where the wallet is, seen from the browser that begins the check (OpenID4VP 1.0 §3.1 and §3.2). */
public enum Flow {
    /** A QR code is scanned with another device. Only where phishing does not matter: at a counter, a road side. */
    CROSS_DEVICE("cross_device"),
    /** A link opens the wallet on the same device; the result waits for that browser to come back. */
    SAME_DEVICE("same_device");

    private final String text;

    Flow(String text) {
        this.text = text;
    }

    /** As it is written in the API and in the row. */
    public String text() {
        return text;
    }

    /** The flow that is written so. */
    public static Optional<Flow> of(String text) {
        return Arrays.stream(values()).filter(flow -> flow.text.equals(text)).findFirst();
    }
}
