package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cose.CoseKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reader's side of a session: a key made for the one device that it scanned. */
public final class ReaderSession {
    private final SoftwareKey ephemeral;
    private final byte[] readerKey;
    private final SessionTranscript transcript;
    private final SessionCipher cipher;
    private boolean established;

    private ReaderSession(DeviceEngagement engagement, @Nullable HandoverSelect touched, SoftwareKey ephemeral) {
        this.ephemeral = ephemeral;
        this.readerKey = Cbor.encode(CoseKey.toCbor(ephemeral.publicKey()));
        this.transcript = touched == null
                ? SessionTranscript.ofQr(engagement.encoded(), readerKey)
                : SessionTranscript.ofNfc(engagement.encoded(), readerKey, touched.encoded(), null);
        this.cipher = SessionCipher.ofReader(ephemeral, engagement.deviceKey(), transcript);
    }

    /** A session with the device that shows this engagement. */
    public static ReaderSession with(DeviceEngagement engagement) {
        return new ReaderSession(engagement, null, SoftwareKey.generate());
    }

    /** A session with the device that was touched. */
    public static ReaderSession with(HandoverSelect touched) {
        return new ReaderSession(touched.engagement(), touched, SoftwareKey.generate());
    }

    /** What the device's proof must be bound to. */
    public SessionTranscript transcript() {
        return transcript;
    }

    /** The key by which a device's MAC is checked. */
    public SoftwareKey ephemeralKey() {
        return ephemeral;
    }

    /** §9.1.1.4: the request, encrypted; the first message carries the reader's key. */
    public byte[] ask(Function<SessionTranscript, DeviceRequest> request) {
        byte[] data = cipher.encrypt(request.apply(transcript).encode());
        SessionMessage message = new SessionMessage(established ? null : readerKey, data, null);
        established = true;
        return message.encode();
    }

    /** The device's answer; it is judged by the verifier, in this session. */
    public DeviceResponse open(byte[] message) throws ProximityException {
        SessionMessage received = SessionMessage.parse(message);
        byte[] data = received.data();
        if (data == null) {
            throw new ProximityException(Reason.ENDED, "status " + received.status());
        }
        try {
            return DeviceResponse.parse(cipher.decrypt(data));
        } catch (MdocException e) {
            throw new ProximityException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }
}
