package city.elicence.wallet.port;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a reader that is near is spoken to (ISO/IEC 18013-5 section 8.3.1): whole messages, over whatever radio the app has. What
 * goes over it is encrypted by the wallet, and what comes is believed only when it decrypts.
 */
public interface ProximityTransport extends AutoCloseable {
    /** A DeviceRetrievalMethod (section 8.2.1.1), encoded: by it the reader finds this device. It goes into the QR code. */
    byte[] retrievalMethod();

    /** The next whole message from the reader; null when none came within that time, or the reader is gone. */
    byte @Nullable [] receive(Duration within) throws IOException;

    /** Sends one whole message. */
    void send(byte[] message) throws IOException;

    /** Ends the connection; whoever waits in {@link #receive} gets nothing. */
    @Override
    void close();
}
