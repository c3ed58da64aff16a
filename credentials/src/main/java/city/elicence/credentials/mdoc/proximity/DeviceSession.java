package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cose.CoseKey;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The device's side of a session: one engagement, one ephemeral key, one reader. */
public final class DeviceSession {
    private final SoftwareKey ephemeral;
    private final DeviceEngagement engagement;
    private final @Nullable HandoverSelect handover;
    private @Nullable SessionTranscript transcript;
    private @Nullable SessionCipher cipher;

    private DeviceSession(SoftwareKey ephemeral, List<byte[]> retrievalMethods) {
        this.ephemeral = ephemeral;
        this.engagement = DeviceEngagement.of(ephemeral.publicKey(), retrievalMethods);
        this.handover = retrievalMethods.stream()
                .flatMap(method -> BleRetrieval.parse(method).stream())
                .findFirst()
                .map(ble -> HandoverSelect.of(DeviceEngagement.of(ephemeral.publicKey(), List.of()), ble))
                .orElse(null);
    }

    /** A session that waits for a reader by these ways. */
    public static DeviceSession engage(List<byte[]> retrievalMethods) {
        return new DeviceSession(SoftwareKey.generate(), retrievalMethods);
    }

    /** What the QR code says. */
    public DeviceEngagement engagement() {
        return engagement;
    }

    /** What a reader that touches the device finds (§8.2.2.1); null where the device is not reached over BLE. */
    public @Nullable HandoverSelect handover() {
        return handover;
    }

    /** §9.1.1.4: the reader's message, the first with its key. */
    public DeviceRequest receive(byte[] message) throws ProximityException {
        SessionMessage received = SessionMessage.parse(message);
        byte[] data = received.data();
        if (data == null) {
            throw new ProximityException(Reason.ENDED, "status " + received.status());
        }
        return DeviceRequest.parse(cipher == null ? establish(received.readerKey(), data) : cipher.decrypt(data));
    }

    /** Whether the reader scanned or touched, its first message tells: it decrypts under the transcript of one of the two alone. */
    private byte[] establish(byte @Nullable [] encodedKey, byte[] data) throws ProximityException {
        if (encodedKey == null) {
            throw new ProximityException(Reason.MALFORMED, "expected eReaderKey in the first message");
        }
        SessionTranscript scanned = SessionTranscript.ofQr(engagement.encoded(), encodedKey);
        try {
            EcPublicKey readerKey = CoseKey.fromCbor(Cbor.decode(encodedKey));
            try {
                return establish(readerKey, scanned, data);
            } catch (ProximityException notScanned) {
                if (handover == null) {
                    throw notScanned;
                }
                SessionTranscript touched =
                        SessionTranscript.ofNfc(handover.engagement().encoded(), encodedKey, handover.encoded(), null);
                return establish(readerKey, touched, data);
            }
        } catch (CborException e) {
            throw new ProximityException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] establish(EcPublicKey readerKey, SessionTranscript bound, byte[] data) throws ProximityException {
        SessionCipher keys = SessionCipher.ofDevice(ephemeral, readerKey, bound);
        byte[] plain = keys.decrypt(data);
        transcript = bound;
        cipher = keys;
        return plain;
    }

    /** What a device's proof is bound to, once a reader has spoken. */
    public SessionTranscript transcript() {
        if (transcript == null) {
            throw new IllegalStateException("no reader has spoken yet");
        }
        return transcript;
    }

    /** The answer, encrypted; the session ends with it (status 20). */
    public byte[] answer(DeviceResponse response) {
        if (cipher == null) {
            throw new IllegalStateException("no reader has spoken yet");
        }
        return new SessionMessage(null, cipher.encrypt(response.encode()), SessionMessage.TERMINATION).encode();
    }

    /** Nothing but a status: the end, or what was wrong. */
    public static byte[] end(@Nullable ProximityException why) {
        return new SessionMessage(null, null, why == null ? SessionMessage.TERMINATION : why.status()).encode();
    }
}
