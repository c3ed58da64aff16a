package city.elicence.credentials.jose;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key identifier extensions of X.509 (RFC 5280 §4.2.1.1 and §4.2.1.2), which {@code java.security} leaves as DER. */
final class KeyIdentifiers {
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0x80;

    private KeyIdentifiers() {}

    static Optional<byte[]> subject(X509Certificate certificate) {
        byte[] value = content(certificate.getExtensionValue("2.5.29.14"), OCTET_STRING);
        return Optional.ofNullable(content(value, OCTET_STRING));
    }

    static Optional<byte[]> authority(X509Certificate certificate) {
        byte[] value = content(certificate.getExtensionValue("2.5.29.35"), OCTET_STRING);
        return Optional.ofNullable(content(content(value, SEQUENCE), CONTEXT_0));
    }

    /** The content of the first DER element, if it has this tag and fits. */
    private static byte @Nullable [] content(byte @Nullable [] der, int tag) {
        if (der == null || der.length < 2 || (der[0] & 0xFF) != tag) {
            return null;
        }
        int length = der[1] & 0xFF;
        int start = 2;
        if (length == 0x81 && der.length > 2) {
            length = der[2] & 0xFF;
            start = 3;
        } else if (length == 0x82 && der.length > 3) {
            length = (der[2] & 0xFF) << 8 | (der[3] & 0xFF);
            start = 4;
        } else if (length > 0x7F) {
            return null;
        }
        return start + length <= der.length ? Arrays.copyOfRange(der, start, start + length) : null;
    }
}
