package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SessionEstablishment and SessionData (§9.1.1.4).
 *
 * @param readerKey EReaderKeyBytes' content in an establishment, else null
 * @param data encrypted, or null
 * @param status or null
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, kept nowhere
record SessionMessage(
        byte @Nullable [] readerKey,
        byte @Nullable [] data,
        @Nullable Long status) {
    /** §9.1.1.4, table 20. */
    static final long ENCRYPTION_ERROR = 10;

    static final long DECODING_ERROR = 11;
    static final long TERMINATION = 20;

    static SessionMessage parse(byte[] octets) throws ProximityException {
        try {
            if (Cbor.decode(octets) instanceof Map<?, ?> message) {
                Object key = message.get("eReaderKey");
                byte[] readerKey = key instanceof Tagged tagged
                                && tagged.tag() == Tagged.ENCODED_CBOR
                                && tagged.content() instanceof byte[] encoded
                        ? encoded
                        : null;
                byte[] data = message.get("data") instanceof byte[] sealed ? sealed : null;
                Long status = message.get("status") instanceof Long number ? number : null;
                if (data != null || status != null) {
                    return new SessionMessage(readerKey, data, status);
                }
            }
        } catch (CborException e) {
            throw new ProximityException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
        throw new ProximityException(Reason.MALFORMED, "expected session data or a status");
    }

    byte[] encode() {
        Map<String, Object> message = new LinkedHashMap<>();
        if (readerKey != null) {
            message.put("eReaderKey", new Tagged(Tagged.ENCODED_CBOR, readerKey));
        }
        if (data != null) {
            message.put("data", data);
        }
        if (status != null) {
            message.put("status", status);
        }
        return Cbor.encode(message);
    }
}
