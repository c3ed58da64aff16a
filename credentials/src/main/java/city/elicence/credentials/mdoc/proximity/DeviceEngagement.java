package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseKey;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a device shows to be spoken to (§8.2.1.1): its ephemeral key, and the ways by which a reader can reach it. */
public final class DeviceEngagement {
    private static final String SCHEME = "mdoc:";
    private static final long VERSION = 0;
    private static final long SECURITY = 1;
    private static final long RETRIEVAL_METHODS = 2;
    private static final long P_256 = 1;
    private static final int MAX_LENGTH = 2048;

    private final byte[] encoded;
    private final EcPublicKey deviceKey;
    private final List<byte[]> retrievalMethods;

    private DeviceEngagement(byte[] encoded, EcPublicKey deviceKey, List<byte[]> retrievalMethods) {
        this.encoded = encoded;
        this.deviceKey = deviceKey;
        this.retrievalMethods = List.copyOf(retrievalMethods);
    }

    /**
     * An engagement with a fresh key.
     *
     * @param retrievalMethods each an encoded DeviceRetrievalMethod; none for engagement by NFC, where the Handover Select
     *     message names them
     */
    public static DeviceEngagement of(EcPublicKey deviceKey, List<byte[]> retrievalMethods) {
        Map<Long, Object> engagement = new LinkedHashMap<>();
        engagement.put(VERSION, "1.0");
        engagement.put(SECURITY, List.of(P_256, Tagged.encoded(CoseKey.toCbor(deviceKey))));
        List<@Nullable Object> methods = new ArrayList<>();
        try {
            for (byte[] method : retrievalMethods) {
                methods.add(Cbor.decode(method));
            }
        } catch (CborException e) {
            throw new IllegalArgumentException("a retrieval method is encoded CBOR", e);
        }
        if (!methods.isEmpty()) {
            engagement.put(RETRIEVAL_METHODS, methods);
        }
        return new DeviceEngagement(Cbor.encode(engagement), deviceKey, retrievalMethods);
    }

    /** §8.2.2.3: reads what the QR code says. */
    public static DeviceEngagement fromQr(String text) throws ProximityException {
        if (!text.startsWith(SCHEME) || text.length() > MAX_LENGTH) {
            throw new ProximityException(Reason.ENGAGEMENT_UNREADABLE, "expected mdoc: and a device engagement");
        }
        try {
            return parse(Base64Url.decode(text.substring(SCHEME.length())));
        } catch (JsonException e) {
            throw new ProximityException(Reason.ENGAGEMENT_UNREADABLE, "expected base64url after mdoc:", e);
        }
    }

    /** Reads an engagement; the octets stay as they came, since the session is bound to them. */
    public static DeviceEngagement parse(byte[] octets) throws ProximityException {
        try {
            if (Cbor.decode(octets) instanceof Map<?, ?> engagement
                    && String.valueOf(engagement.get(VERSION)).startsWith("1.")
                    && engagement.get(SECURITY) instanceof List<?> security
                    && security.size() == 2
                    && Long.valueOf(P_256).equals(security.get(0))
                    && security.get(1) instanceof Tagged tagged
                    && tagged.tag() == Tagged.ENCODED_CBOR
                    && tagged.content() instanceof byte[] key) {
                List<byte[]> methods = new ArrayList<>();
                if (engagement.get(RETRIEVAL_METHODS) instanceof List<?> list) {
                    for (Object method : list) {
                        methods.add(Cbor.encode(method));
                    }
                }
                return new DeviceEngagement(octets.clone(), CoseKey.fromCbor(Cbor.decode(key)), methods);
            }
        } catch (CborException e) {
            throw new ProximityException(Reason.ENGAGEMENT_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
        throw new ProximityException(Reason.ENGAGEMENT_UNREADABLE, "expected version 1 and a key on P-256");
    }

    /** §8.2.2.3: what the QR code says. */
    public String toQr() {
        return SCHEME + Base64Url.encode(encoded);
    }

    /** DeviceEngagement, encoded. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** EDeviceKey. */
    public EcPublicKey deviceKey() {
        return deviceKey;
    }

    /** Encoded DeviceRetrievalMethods, in the device's order. */
    public List<byte[]> retrievalMethods() {
        return retrievalMethods;
    }
}
