package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Engagement by NFC (§8.2.2.1), static handover: the NDEF message that a reader finds on a device that it touches. It holds the
 * device engagement and how the device is reached over BLE, by the NFC Forum's Connection Handover 1.5.
 */
public final class HandoverSelect {
    private static final int VERSION = 0x15;
    private static final byte ACTIVE = 1;
    private static final String SELECT = "Hs";
    private static final String CARRIER = "ac";
    private static final String CARRIER_ID = "0";
    private static final String BLE = "application/vnd.bluetooth.le.oob";
    private static final String ENGAGEMENT = "iso.org:18013:deviceengagement";
    private static final String ENGAGEMENT_ID = "mdoc";

    private final byte[] encoded;
    private final DeviceEngagement engagement;
    private final BleRetrieval ble;

    private HandoverSelect(byte[] encoded, DeviceEngagement engagement, BleRetrieval ble) {
        this.encoded = encoded;
        this.engagement = engagement;
        this.ble = ble;
    }

    /** The message of a device. Its engagement names no way of retrieval (§8.2.1.1): the message does. */
    static HandoverSelect of(DeviceEngagement engagement, BleRetrieval ble) {
        byte[] carriers = Ndef.encode(List.of(new Ndef.Item(Ndef.WELL_KNOWN, CARRIER, "", carrier())));
        byte[] select = ByteBuffer.allocate(1 + carriers.length)
                .put((byte) VERSION)
                .put(carriers)
                .array();
        byte[] encoded = Ndef.encode(List.of(
                new Ndef.Item(Ndef.WELL_KNOWN, SELECT, "", select),
                new Ndef.Item(Ndef.MEDIA, BLE, CARRIER_ID, ble.outOfBand()),
                new Ndef.Item(Ndef.EXTERNAL, ENGAGEMENT, ENGAGEMENT_ID, engagement.encoded())));
        return new HandoverSelect(encoded, engagement, ble);
    }

    /** Alternative carrier: active, its configuration record, and the engagement as what belongs to it. */
    private static byte[] carrier() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ACTIVE);
        name(out, CARRIER_ID);
        out.write(1);
        name(out, ENGAGEMENT_ID);
        return out.toByteArray();
    }

    private static void name(ByteArrayOutputStream out, String name) {
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        out.write(octets.length);
        out.write(octets, 0, octets.length);
    }

    /** Reads the message as a reader found it; its octets stay as they came, since the session is bound to them. */
    public static HandoverSelect parse(byte[] octets) throws ProximityException {
        List<Ndef.Item> items = Ndef.parse(octets);
        Ndef.Item select = items.get(0);
        byte[] payload = select.payload();
        if (!select.is(Ndef.WELL_KNOWN, SELECT) || payload.length == 0 || payload[0] >> 4 != VERSION >> 4) {
            throw malformed("expected a Handover Select record of version 1 first");
        }
        DeviceEngagement engagement = null;
        for (Ndef.Item item : items) {
            if (item.is(Ndef.EXTERNAL, ENGAGEMENT) && item.id.equals(ENGAGEMENT_ID)) {
                engagement = DeviceEngagement.parse(item.payload());
            }
        }
        if (engagement == null) {
            throw malformed("expected a device engagement");
        }
        for (Ndef.Item carrier : Ndef.parse(Arrays.copyOfRange(payload, 1, payload.length))) {
            Optional<BleRetrieval> ble = configuration(carrier, items);
            if (ble.isPresent()) {
                return new HandoverSelect(octets.clone(), engagement, ble.get());
            }
        }
        throw malformed("expected a device that is a BLE peripheral");
    }

    private static Optional<BleRetrieval> configuration(Ndef.Item carrier, List<Ndef.Item> items)
            throws ProximityException {
        if (!carrier.is(Ndef.WELL_KNOWN, CARRIER)) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(carrier.payload());
            in.get();
            String id = Ndef.text(in, in.get() & 0xff);
            for (Ndef.Item item : items) {
                if (item.is(Ndef.MEDIA, BLE) && item.id.equals(id)) {
                    return BleRetrieval.ofOutOfBand(item.payload());
                }
            }
            return Optional.empty();
        } catch (BufferUnderflowException cut) {
            throw malformed("expected an alternative carrier with a reference");
        }
    }

    private static ProximityException malformed(String expected) {
        return new ProximityException(Reason.ENGAGEMENT_UNREADABLE, "handover: " + expected);
    }

    /** The NDEF message. */
    public byte[] encoded() {
        return encoded.clone();
    }

    public DeviceEngagement engagement() {
        return engagement;
    }

    public BleRetrieval ble() {
        return ble;
    }
}
