package city.elicence.wallet.proximity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.mdoc.proximity.BleRetrieval;
import city.elicence.credentials.mdoc.proximity.DeviceEngagement;
import city.elicence.credentials.mdoc.proximity.HandoverSelect;
import city.elicence.credentials.mdoc.proximity.MessageParts;
import city.elicence.credentials.mdoc.proximity.ProximityException;
import city.elicence.credentials.mdoc.proximity.ReaderSession;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.town.Inspector;
import city.elicence.wallet.town.Town;
import city.elicence.wallet.town.TownIssuer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ISO/IEC 18013-5 §8.3.3.1.1 from code or touch to the verdict: wallet and reader, and air that carries values of attributes. */
@DisplayName("ISO/IEC 18013-5 §8.3.3.1.1: BLE, mdoc peripheral server mode")
class BleTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final String READER = "00:00:5E:00:53:01";
    private static final String STRANGER = "00:00:5E:00:53:02";

    private final Town town = new Town();
    private final Inspector police = new Inspector(town);
    private final Air air = new Air();
    private final BlePeripheral phone = new BlePeripheral(air);

    /** Carries what the phone notifies to a reader's ear. */
    private final class Air implements BlePeripheral.Radio {
        private final MessageParts ear = new MessageParts();
        private final List<byte[]> states = new ArrayList<>();
        private byte @Nullable [] heard;
        private int longest;
        private boolean taken = true;
        private boolean found;
        private boolean stopped;

        @Override
        public void connected() {
            found = true;
        }

        @Override
        public boolean notify(String reader, UUID characteristic, byte[] value) {
            assertEquals(READER, reader);
            if (!taken) {
                return false;
            }
            if (characteristic.equals(BleRetrieval.STATE)) {
                states.add(value);
            } else {
                assertEquals(BleRetrieval.SERVER_TO_CLIENT, characteristic);
                longest = Math.max(longest, value.length);
                try {
                    heard = ear.add(value);
                } catch (ProximityException e) {
                    throw new AssertionError(e);
                }
            }
            phone.notified(true);
            return true;
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void begin(String who, int mtu) {
        phone.mtu(who, mtu);
        phone.written(who, BleRetrieval.STATE, new byte[] {BleRetrieval.START});
    }

    private void say(String who, byte[] message, int mtu) {
        for (byte[] part : MessageParts.of(message, mtu)) {
            phone.written(who, BleRetrieval.CLIENT_TO_SERVER, part);
        }
    }

    private void shown(NearbyReader session, ReaderSession reader) throws Exception {
        NearbyConsent consent = town.wallet.readRequest(session, AT_ONCE).orThrow();
        assertEquals("City Police", consent.reader().name().en());
        String card = consent.questions().get(0).matches().get(0).card().id();
        assertEquals(1, town.wallet.present(consent, Set.of(card), false).orThrow());
        assertEquals(
                Map.of(TownIssuer.ISO, Map.of("family_name", "TESTNAME", "age_over_18", true)),
                police.accepted(reader, reader.open(Objects.requireNonNull(air.heard))));
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 185, 515})
    @DisplayName("Scanned, connected, asked, agreed, shown and accepted, in parts that fit the MTU")
    void scanned(int mtu) throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        DeviceEngagement engagement = DeviceEngagement.fromQr(session.qr());
        BleRetrieval found =
                BleRetrieval.parse(engagement.retrievalMethods().get(0)).orElseThrow();
        assertEquals(phone.service(), found.service());
        ReaderSession reader = ReaderSession.with(engagement);
        assertFalse(air.found);
        begin(READER, mtu);
        assertTrue(air.found, "nobody else need find the phone");
        say(READER, police.ask(reader, "family_name", "age_over_18"), mtu);
        shown(session, reader);
        assertEquals(mtu - 3, air.longest);
        assertTrue(air.stopped);
        assertTrue(air.states.isEmpty(), "§9.1.1.4: the answer's status has ended the session");
    }

    @Test
    @DisplayName(
            "§8.2.2.1: a reader that touches the phone finds the same session on a Type 4 tag, bound to its handover")
    void touched() throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        Type4Tag tag = new Type4Tag(Objects.requireNonNull(session.handover()));
        HandoverSelect handover = HandoverSelect.parse(read(tag));
        assertEquals(phone.service(), handover.ble().service());
        ReaderSession reader = ReaderSession.with(handover);
        begin(READER, 185);
        say(READER, police.ask(reader, "family_name", "age_over_18"), 185);
        shown(session, reader);
    }

    /** As a reader reads a tag of which it knows nothing: the message, by what the capability container says. */
    private static byte[] read(Type4Tag tag) {
        done(tag.answer(bytes(0x00, 0xa4, 0x04, 0x00, 7, 0xd2, 0x76, 0, 0, 0x85, 1, 1, 0)));
        done(tag.answer(bytes(0x00, 0xa4, 0x00, 0x0c, 2, 0xe1, 0x03)));
        byte[] cc = done(tag.answer(bytes(0x00, 0xb0, 0, 0, 15)));
        assertEquals(0x20, cc[2], "mapping version 2.0");
        int most = ((cc[3] & 0xff) << 8) | (cc[4] & 0xff);
        done(tag.answer(bytes(0x00, 0xa4, 0x00, 0x0c, 2, cc[9], cc[10])));
        byte[] size = done(tag.answer(bytes(0x00, 0xb0, 0, 0, 2)));
        byte[] message = new byte[((size[0] & 0xff) << 8) | (size[1] & 0xff)];
        for (int at = 0; at < message.length; at += most) {
            int length = Math.min(most, message.length - at);
            byte[] piece = done(tag.answer(bytes(0x00, 0xb0, (at + 2) >> 8, at + 2, length)));
            System.arraycopy(piece, 0, message, at, length);
        }
        return message;
    }

    private static byte[] done(byte[] answer) {
        assertEquals("9000", Type4TagTest.status(answer));
        return Arrays.copyOf(answer, answer.length - 2);
    }

    private static byte[] bytes(int... values) {
        return Type4TagTest.bytes(values);
    }

    @Test
    @DisplayName(
            "A reader that touched or scanned another phone is told so by status 10 and shown nothing, and so is who replays it")
    void anotherSession() throws Exception {
        NearbyReader elsewhere = town.wallet.engage(new BlePeripheral(air));
        HandoverSelect other = HandoverSelect.parse(Objects.requireNonNull(elsewhere.handover()));
        byte[] recorded = police.ask(ReaderSession.with(other), "family_name");
        NearbyReader session = town.wallet.engage(phone);
        begin(READER, 185);
        say(READER, recorded, 185);
        assertTrue(Town.refusal(town.wallet.readRequest(session, AT_ONCE)).is(Reason.REQUEST_NOT_GENUINE));
        assertArrayEquals(bytes(0xa1, 0x66, 's', 't', 'a', 't', 'u', 's', 10), air.heard);
        assertTrue(air.stopped);
    }

    @Test
    @DisplayName("Who connects besides the reader is not heard, and does not garble what the reader says")
    void stranger() throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(session.qr()));
        say(STRANGER, new byte[] {1, 2, 3}, 23);
        begin(READER, 100);
        begin(STRANGER, 23);
        List<byte[]> parts = MessageParts.of(police.ask(reader, "family_name", "age_over_18"), 100);
        for (byte[] part : parts) {
            phone.written(READER, BleRetrieval.CLIENT_TO_SERVER, part);
            phone.written(STRANGER, BleRetrieval.CLIENT_TO_SERVER, new byte[] {0, 1});
            phone.written(STRANGER, BleRetrieval.STATE, new byte[] {BleRetrieval.END});
        }
        phone.gone(STRANGER);
        shown(session, reader);
    }

    @Test
    @DisplayName(
            "§8.3.3.1.1.5: the holder leaves, and the reader is told the end by State; nothing is received any more")
    void holderLeaves() throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        begin(READER, 185);
        session.close();
        assertEquals(1, air.states.size());
        assertArrayEquals(new byte[] {2}, air.states.get(0));
        assertNull(session.await(Duration.ofMinutes(1)));
        assertThrows(IOException.class, () -> phone.send(new byte[1]));
    }

    @Test
    @DisplayName("§8.3.3.1.1.5: the reader ends or is gone: nothing comes, and nothing can be shown")
    void readerLeaves() throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        ReaderSession reader = ReaderSession.with(DeviceEngagement.fromQr(session.qr()));
        begin(READER, 185);
        say(READER, police.ask(reader, "family_name"), 185);
        NearbyConsent consent = town.wallet.readRequest(session, AT_ONCE).orThrow();
        phone.written(READER, BleRetrieval.STATE, new byte[] {BleRetrieval.END});
        String card = consent.questions().get(0).matches().get(0).card().id();
        assertTrue(
                Town.refusal(town.wallet.present(consent, Set.of(card), false)).is(Reason.NETWORK));
        assertNull(air.heard);
        assertNull(session.await(Duration.ofMinutes(1)));
    }

    @Test
    @DisplayName("What is not in parts, and a radio that takes nothing, end the session")
    void garbage() throws Exception {
        NearbyReader session = town.wallet.engage(phone);
        begin(READER, 185);
        phone.written(READER, BleRetrieval.CLIENT_TO_SERVER, new byte[] {7, 7});
        assertNull(session.await(Duration.ofMinutes(1)));
        assertTrue(air.stopped);

        air.taken = false;
        BlePeripheral deaf = new BlePeripheral(air);
        deaf.written(READER, BleRetrieval.STATE, new byte[] {BleRetrieval.START});
        assertThrows(IOException.class, () -> deaf.send(new byte[1]));
    }
}
