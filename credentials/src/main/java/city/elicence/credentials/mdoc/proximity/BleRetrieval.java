package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Retrieval over BLE in mdoc peripheral server mode (§8.3.3.1.1): the device is the GATT server. A reader has to support both
 * modes, a device one of them.
 *
 * @param service the UUID that the device advertises, made for one session
 */
public record BleRetrieval(UUID service) {
    /** §8.3.3.1.1.4, table 11: the characteristics of the device's service. */
    public static final UUID STATE = UUID.fromString("00000001-A123-48CE-896B-4C76973373E6");

    public static final UUID CLIENT_TO_SERVER = UUID.fromString("00000002-A123-48CE-896B-4C76973373E6");
    public static final UUID SERVER_TO_CLIENT = UUID.fromString("00000003-A123-48CE-896B-4C76973373E6");

    /** §8.3.3.1.1.5, table 13: values of State. */
    public static final byte START = 1;

    public static final byte END = 2;

    private static final long TYPE = 2;
    private static final long VERSION = 1;
    private static final long PERIPHERAL_SERVER = 0;
    private static final long CENTRAL_CLIENT = 1;
    private static final long PERIPHERAL_SERVER_UUID = 10;
    private static final int UUID_OCTETS = 16;

    /** Bluetooth Core Specification Supplement, part A: what a piece of out-of-band data is. */
    private static final byte UUIDS_OF_128_BITS = 0x07;

    private static final byte LE_ROLE = 0x1c;
    private static final byte ONLY_PERIPHERAL = 0;
    private static final byte ONLY_CENTRAL = 1;

    /** §8.2.1.1: DeviceRetrievalMethod, encoded. */
    public byte[] encode() {
        Map<Long, Object> options = new LinkedHashMap<>();
        options.put(PERIPHERAL_SERVER, true);
        options.put(CENTRAL_CLIENT, false);
        options.put(PERIPHERAL_SERVER_UUID, octets(ByteOrder.BIG_ENDIAN));
        return Cbor.encode(List.of(TYPE, VERSION, options));
    }

    /** Reads a DeviceRetrievalMethod; empty where it is another one, or does not offer this mode. */
    public static Optional<BleRetrieval> parse(byte[] method) {
        try {
            if (Cbor.decode(method) instanceof List<?> parts
                    && parts.size() == 3
                    && Long.valueOf(TYPE).equals(parts.get(0))
                    && Long.valueOf(VERSION).equals(parts.get(1))
                    && parts.get(2) instanceof Map<?, ?> options
                    && Boolean.TRUE.equals(options.get(PERIPHERAL_SERVER))
                    && options.get(PERIPHERAL_SERVER_UUID) instanceof byte[] uuid
                    && uuid.length == UUID_OCTETS) {
                ByteBuffer buffer = ByteBuffer.wrap(uuid);
                return Optional.of(new BleRetrieval(new UUID(buffer.getLong(), buffer.getLong())));
            }
        } catch (CborException notAMethod) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** §8.3.3.1.1.2: what stands in the carrier configuration record of a Handover Select message. */
    byte[] outOfBand() {
        return ByteBuffer.allocate(5 + UUID_OCTETS)
                .put(new byte[] {2, LE_ROLE, ONLY_PERIPHERAL, 1 + UUID_OCTETS, UUIDS_OF_128_BITS})
                .put(octets(ByteOrder.LITTLE_ENDIAN))
                .array();
    }

    /** Reads a carrier configuration record of a device; empty where it is no GATT server, or names no service. */
    static Optional<BleRetrieval> ofOutOfBand(byte[] data) {
        ByteBuffer pieces = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        boolean peripheral = false;
        UUID service = null;
        while (pieces.hasRemaining()) {
            int length = pieces.get() & 0xff;
            if (length == 0 || length > pieces.remaining()) {
                return Optional.empty();
            }
            int next = pieces.position() + length;
            byte type = pieces.get();
            if (type == LE_ROLE && length == 2) {
                peripheral = pieces.get() != ONLY_CENTRAL;
            } else if (type == UUIDS_OF_128_BITS && length == 1 + UUID_OCTETS) {
                long least = pieces.getLong();
                service = new UUID(pieces.getLong(), least);
            }
            pieces.position(next);
        }
        return peripheral && service != null ? Optional.of(new BleRetrieval(service)) : Optional.empty();
    }

    private byte[] octets(ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(UUID_OCTETS).order(order);
        boolean big = order == ByteOrder.BIG_ENDIAN;
        buffer.putLong(big ? service.getMostSignificantBits() : service.getLeastSignificantBits());
        buffer.putLong(big ? service.getLeastSignificantBits() : service.getMostSignificantBits());
        return buffer.array();
    }
}
