package city.elicence.wallet.town;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.wallet.port.ProximityTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two queues in the place of a radio. */
public final class Loopback implements ProximityTransport {
    private static final long PATIENCE_SECONDS = 20;

    public final BlockingQueue<byte[]> toPhone = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> toReader = new LinkedBlockingQueue<>();

    /** A method that the standard gives to nobody: type 0. */
    @Override
    public byte[] retrievalMethod() {
        return Cbor.encode(List.of(0L, 1L, Map.of()));
    }

    @Override
    public byte @Nullable [] receive(Duration within) throws IOException {
        try {
            return toPhone.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void send(byte[] message) {
        toReader.add(message);
    }

    @Override
    public void close() {}

    /** What the phone sent next. */
    public byte[] next() throws InterruptedException {
        return Objects.requireNonNull(toReader.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
