package city.elicence.wallet.proximity;

import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.DeviceRequest;
import city.elicence.credentials.mdoc.proximity.DeviceSession;
import city.elicence.credentials.mdoc.proximity.HandoverSelect;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.ProximityTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session with one reader: show {@link #qr} or hold the phone to it, wait for the request, answer once. Close it when the holder leaves. */
public final class NearbyReader implements AutoCloseable {
    private final ProximityTransport transport;
    private final DeviceSession session;
    private boolean over;

    public NearbyReader(ProximityTransport transport) {
        this.transport = transport;
        this.session = DeviceSession.engage(List.of(transport.retrievalMethod()));
    }

    /** What the QR code says (section 8.2.2.3). It is good for this session alone. */
    public String qr() {
        return session.engagement().toQr();
    }

    /**
     * What a reader that touches the phone finds (section 8.2.2.1), for a {@link Type4Tag}: an NDEF message. The same session by
     * another way than the code; null where the transport is not BLE.
     */
    public byte @Nullable [] handover() {
        HandoverSelect handover = session.handover();
        return handover == null ? null : handover.encoded();
    }

    /** Waits for the reader's next message; null when none came. */
    public byte @Nullable [] await(Duration within) throws IOException {
        return transport.receive(within);
    }

    /** What was wrong is told to the reader by its number (section 9.1.1.4), and the session is over. */
    DeviceRequest open(byte[] message) throws RefusedException {
        try {
            return session.receive(message);
        } catch (ProximityException e) {
            finish(DeviceSession.end(e));
            throw new RefusedException(
                    switch (e.reason()) {
                        case NOT_DECRYPTABLE -> Reason.REQUEST_NOT_GENUINE;
                        case MALFORMED, ENGAGEMENT_UNREADABLE -> Reason.REQUEST_UNREADABLE;
                        case ENDED -> Reason.REQUEST_EXPIRED;
                    },
                    String.valueOf(e.getMessage()));
        }
    }

    SessionTranscript transcript() {
        return session.transcript();
    }

    void answer(DeviceResponse response) throws RefusedException {
        if (over) {
            throw new RefusedException(Reason.REQUEST_REPLAYED, "this session is over");
        }
        finish(session.answer(response));
    }

    void end() throws RefusedException {
        if (!over) {
            finish(DeviceSession.end(null));
        }
    }

    private void finish(byte[] last) throws RefusedException {
        over = true;
        try {
            transport.send(last);
        } catch (IOException e) {
            throw new RefusedException(Reason.NETWORK, "the reader is gone");
        } finally {
            transport.close();
        }
    }

    @Override
    public void close() {
        over = true;
        transport.close();
    }
}
