package city.elicence.credentials.mdoc.proximity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.mdoc.SessionTranscript;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ISO/IEC 18013-5 §8.2.2.1 and §9.1.5.1: engagement by NFC, against what annex D has of it, and between our two ends. */
class NfcHandoverTest {
    private static final BleRetrieval BLE = new BleRetrieval(UUID.fromString("3a82d455-d5fc-4db3-bea0-6fd2f6ff32c8"));

    @Test
    @DisplayName(
            "Annex D.5.1, §9.1.5.1: NFCHandover is the two messages as octets; the transcript is made again octet by octet")
    void transcript() throws Exception {
        byte[] expected = content(Cbor.decode(octets("SESSION_TRANSCRIPT_BYTES")));
        List<?> parts = list(Cbor.decode(expected));
        SessionTranscript made =
                SessionTranscript.ofNfc(content(parts.get(0)), content(parts.get(1)), message(0), message(1));
        assertArrayEquals(expected, made.encode());
    }

    @Test
    @DisplayName("§9.1.5.1: static handover has no Handover Request message, which stands as null")
    void noRequest() throws Exception {
        SessionTranscript made =
                SessionTranscript.ofNfc(Cbor.encode(Map.of()), Cbor.encode(Map.of()), new byte[] {1, 2}, null);
        byte[] encoded = made.encode();
        byte[] tail = {(byte) 0x82, 0x42, 1, 2, (byte) 0xf6};
        assertArrayEquals(tail, Arrays.copyOfRange(encoded, encoded.length - tail.length, encoded.length));
    }

    @Test
    @DisplayName("Annex D: the Handover Select message is read and written again octet by octet, its engagement too")
    void annexMessage() throws Exception {
        byte[] select = message(0);
        List<Ndef.Item> items = Ndef.parse(select);
        assertArrayEquals(select, Ndef.encode(items));
        byte[] engagement = items.get(2).payload();
        DeviceEngagement read = DeviceEngagement.parse(engagement);
        assertTrue(read.retrievalMethods().isEmpty(), "§8.2.1.1: absent if NFC is used for device engagement");
        assertArrayEquals(
                engagement, DeviceEngagement.of(read.deviceKey(), List.of()).encoded());
        byte[] ours = HandoverSelect.of(read, BLE).encoded();
        List<Ndef.Item> own = Ndef.parse(ours);
        assertArrayEquals(items.get(0).payload(), own.get(0).payload(), "the Hs record is the annex's own");
        assertArrayEquals(engagement, own.get(2).payload());
    }

    @Test
    @DisplayName("§8.3.3.1.1: a device that is a BLE central, as annex D's, is not taken for a GATT server")
    void central() throws Exception {
        assertThrows(ProximityException.class, () -> HandoverSelect.parse(message(0)));
        byte[] method = DeviceEngagement.parse(octets("DEVICE_ENGAGEMENT"))
                .retrievalMethods()
                .get(0);
        assertEquals(Optional.empty(), BleRetrieval.parse(method));
    }

    @Test
    @DisplayName("Annex D: the UUID of a BLE configuration record is in the order of the air, least octet first")
    void uuid() throws Exception {
        Ndef.Item ble = Ndef.parse(message(1)).stream()
                .filter(item -> item.is(Ndef.MEDIA, "application/vnd.bluetooth.le.oob"))
                .findFirst()
                .orElseThrow();
        BleRetrieval read = BleRetrieval.ofOutOfBand(ble.payload()).orElseThrow();
        assertEquals(BLE, read);
        assertEquals(4, read.service().version(), "a random UUID, which it is in this order alone");
        assertEquals(Optional.of(BLE), BleRetrieval.ofOutOfBand(BLE.outOfBand()));
        assertEquals(
                "021c00" + "1107" + "c832fff6d26fa0beb34dfcd555d4823a",
                HexFormat.of().formatHex(BLE.outOfBand()));
    }

    @Test
    @DisplayName("§8.2.1.1: the retrieval method of a QR code is type 2, version 1, with the UUID of the GATT server")
    void method() throws Exception {
        assertEquals(
                "830201a300f501f40a50" + "3a82d455d5fc4db3bea06fd2f6ff32c8",
                HexFormat.of().formatHex(BLE.encode()));
        assertEquals(Optional.of(BLE), BleRetrieval.parse(BLE.encode()));
    }

    private static DeviceRequest asking(SessionTranscript session) {
        return new DeviceRequest(List.of(DocumentRequest.of("doc", Map.of("space", Map.of("name", false)))));
    }

    @Test
    @DisplayName("§9.1.1, §9.1.5.1: who touched and who scanned are both understood, each in a transcript of its own")
    void bothWays() throws Exception {
        DeviceSession device = DeviceSession.engage(List.of(BLE.encode()));
        HandoverSelect touched = HandoverSelect.parse(shown(device.handover()).encoded());
        assertEquals(BLE, touched.ble());
        ReaderSession reader = ReaderSession.with(touched);
        assertEquals(
                1,
                device.receive(reader.ask(NfcHandoverTest::asking)).documents().size());
        assertArrayEquals(reader.transcript().encode(), device.transcript().encode());

        DeviceSession another = DeviceSession.engage(List.of(BLE.encode()));
        ReaderSession scanner =
                ReaderSession.with(DeviceEngagement.fromQr(another.engagement().toQr()));
        another.receive(scanner.ask(NfcHandoverTest::asking));
        assertArrayEquals(scanner.transcript().encode(), another.transcript().encode());
    }

    private static HandoverSelect shown(@Nullable HandoverSelect handover) {
        return Objects.requireNonNull(handover);
    }

    @Test
    @DisplayName("§9.1.5.1: a reader that touched another device, or left out the handover, is understood by nobody")
    void notBound() throws Exception {
        DeviceSession device = DeviceSession.engage(List.of(BLE.encode()));
        HandoverSelect own = shown(device.handover());
        HandoverSelect other = shown(DeviceSession.engage(List.of(BLE.encode())).handover());
        for (ReaderSession reader : List.of(ReaderSession.with(other), ReaderSession.with(own.engagement()))) {
            byte[] message = reader.ask(NfcHandoverTest::asking);
            ProximityException refused = assertThrows(ProximityException.class, () -> device.receive(message));
            assertEquals(ProximityException.Reason.NOT_DECRYPTABLE, refused.reason());
        }
    }

    @Test
    @DisplayName("A message cut at any octet, or with any octet added, is refused")
    void cut() throws Exception {
        byte[] whole =
                shown(DeviceSession.engage(List.of(BLE.encode())).handover()).encoded();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(ProximityException.class, () -> HandoverSelect.parse(part));
        }
        assertThrows(ProximityException.class, () -> HandoverSelect.parse(Arrays.copyOf(whole, whole.length + 1)));
        assertArrayEquals(whole, HandoverSelect.parse(whole).encoded());
    }

    /** Handover Select (0) or Request (1) of the annex. */
    private static byte[] message(int place) throws Exception {
        List<?> parts = list(Cbor.decode(content(Cbor.decode(octets("SESSION_TRANSCRIPT_BYTES")))));
        return (byte[]) Objects.requireNonNull(list(parts.get(2)).get(place));
    }

    private static List<?> list(@Nullable Object tree) {
        return (List<?>) Objects.requireNonNull(tree);
    }

    private static byte[] content(@Nullable Object tagged) {
        return (byte[]) Objects.requireNonNull(((Tagged) Objects.requireNonNull(tagged)).content());
    }

    private static byte[] octets(String name) throws Exception {
        String json = Vectors.read(Vectors.folder("iso18013-5-annexD").resolve("vectors.json"));
        return HexFormat.of().parseHex(Fields.parse(json).string("ISO_18013_5_ANNEX_D_" + name));
    }
}
