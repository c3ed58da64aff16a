package city.elicence.credentials.qr;

import java.nio.charset.StandardCharsets;

/** What a QR code was found to say: the text, and the octets exactly as they were encoded. */
public final class QrContent {
    private final String text;
    private final byte[] octets;

    QrContent(String text, byte[] octets) {
        this.text = text;
        this.octets = octets;
    }

    /** The text, by the character set that the code declares or, where it declares none, UTF-8 if it is that. */
    public String text() {
        return text;
    }

    /** A copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    static QrContent ofText(String text) {
        return new QrContent(text, text.getBytes(StandardCharsets.UTF_8));
    }
}
