package city.elicence.wallet.proximity;

import city.elicence.credentials.mdoc.proximity.BleRetrieval;
import city.elicence.credentials.mdoc.proximity.MessageParts;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.wallet.port.ProximityTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * BLE in mdoc peripheral server mode (ISO/IEC 18013-5 section 8.3.3.1.1), all but the radio: the app forwards what the
 * platform's GATT server is told, on any thread. The first that says it is ready is the reader of this session; whoever else
 * connects is not heard.
 */
public final class BlePeripheral implements ProximityTransport {
    private static final Duration PART_SENT_WITHIN = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 4;

    /** Nothing more comes; no message is empty. */
    private static final byte[] OVER = {};

    private final BleRetrieval retrieval = new BleRetrieval(UUID.randomUUID());
    private final Radio radio;
    private final Map<String, Integer> mtus = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
    private final Semaphore sent = new Semaphore(0);
    private final MessageParts parts = new MessageParts();
    private @Nullable String reader;
    private volatile boolean over;
    private volatile boolean out;
    private volatile boolean answered;
    private boolean closed;

    /** What the platform does. */
    public interface Radio {
        /** The reader is there: nobody else need find this phone. */
        void connected();

        /**
         * Notifies the reader of a characteristic's value; {@link BlePeripheral#notified} is told when it went.
         *
         * @return whether the platform took it
         */
        boolean notify(String reader, UUID characteristic, byte[] value);

        /** Ends advertising and service, when the reader has had what was notified. */
        void stop();
    }

    public BlePeripheral(Radio radio) {
        this.radio = radio;
    }

    /** What to advertise. */
    public UUID service() {
        return retrieval.service();
    }

    @Override
    public byte[] retrievalMethod() {
        return retrieval.encode();
    }

    /** ATT_MTU that was agreed with whom, in octets. */
    public void mtu(String who, int octets) {
        mtus.put(who, octets);
    }

    /** A value that was written by whom. */
    public synchronized void written(String who, UUID characteristic, byte[] value) {
        if (over) {
            return;
        }
        if (characteristic.equals(BleRetrieval.STATE) && value.length == 1) {
            if (value[0] == BleRetrieval.START && reader == null) {
                reader = who;
                radio.connected();
            } else if (value[0] == BleRetrieval.END && who.equals(reader)) {
                end();
            }
        } else if (characteristic.equals(BleRetrieval.CLIENT_TO_SERVER) && who.equals(reader)) {
            take(value);
        }
    }

    private void take(byte[] part) {
        try {
            byte[] message = parts.add(part);
            if (message == null) {
                return;
            }
            if (message.length == 0 || incoming.size() >= MAX_WAITING) {
                close();
            } else {
                incoming.add(message);
            }
        } catch (ProximityException notInParts) {
            close();
        }
    }

    /** Whether the value that was notified last went out. */
    public void notified(boolean went) {
        if (went) {
            out = true;
            sent.release();
        } else {
            end();
        }
    }

    /** Somebody disconnected. */
    public synchronized void gone(String who) {
        mtus.remove(who);
        if (who.equals(reader)) {
            end();
        }
    }

    /** The radio was switched off, or could not begin. */
    public void lost() {
        end();
    }

    private void end() {
        over = true;
        incoming.add(OVER);
        sent.release();
    }

    @Override
    public byte @Nullable [] receive(Duration within) throws IOException {
        try {
            byte[] next = incoming.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null || next.length > 0) {
                return next;
            }
            incoming.add(OVER);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        String to;
        synchronized (this) {
            to = reader;
        }
        if (to == null) {
            throw new IOException("no reader is connected");
        }
        for (byte[] part : MessageParts.of(message, mtus.getOrDefault(to, MessageParts.LEAST_MTU))) {
            sent.drainPermits();
            out = false;
            if (over || !radio.notify(to, BleRetrieval.SERVER_TO_CLIENT, part) || !went()) {
                throw new IOException("the reader is gone");
            }
        }
        answered = true;
    }

    /** A reader that hangs up once it has the part, has it. */
    private boolean went() throws IOException {
        try {
            return sent.tryAcquire(PART_SENT_WITHIN.toMillis(), TimeUnit.MILLISECONDS) && out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Section 8.3.3.1.1.5: a reader that was told nothing is told the end; one that had a last message has its status. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (reader != null && !over && !answered) {
            radio.notify(reader, BleRetrieval.STATE, new byte[] {BleRetrieval.END});
        }
        end();
        radio.stop();
    }
}
