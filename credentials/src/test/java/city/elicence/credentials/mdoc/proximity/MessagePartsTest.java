package city.elicence.credentials.mdoc.proximity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ISO/IEC 18013-5 §8.3.3.1.1.6: messages in parts. */
class MessagePartsTest {
    private static final long SEED = 18013;

    @Test
    @DisplayName(
            "§8.3.3.1.1.6: at each MTU from 23 to 517, messages of every length near the edges come out as they went in")
    void everyMtu() throws Exception {
        Random random = new Random(SEED);
        MessageParts joined = new MessageParts();
        for (int mtu = MessageParts.LEAST_MTU; mtu <= 517; mtu++) {
            int value = Math.min(512, mtu - 3);
            int room = value - 1;
            int[] lengths = {0, 1, room - 1, room, room + 1, 2 * room, 2 * room + 1, random.nextInt(20 * room)};
            for (int length : lengths) {
                byte[] message = new byte[length];
                random.nextBytes(message);
                List<byte[]> parts = MessageParts.of(message, mtu);
                assertEquals(Math.max(1, (length + room - 1) / room), parts.size(), mtu + ", " + length);
                byte[] whole = null;
                for (int i = 0; i < parts.size(); i++) {
                    byte[] part = parts.get(i);
                    assertTrue(part.length <= value, mtu + ", " + length);
                    assertEquals(i == parts.size() - 1 ? 0 : 1, part[0]);
                    assertNull(whole, "whole before the last part");
                    whole = joined.add(part);
                }
                assertArrayEquals(message, whole, mtu + ", " + length);
            }
        }
    }

    @Test
    @DisplayName("A part that begins with neither 0 nor 1, or with nothing, is refused")
    void leadingOctet() {
        for (byte[] part : List.of(new byte[0], new byte[] {2}, new byte[] {(byte) 0xff, 1, 2})) {
            assertThrows(ProximityException.class, () -> new MessageParts().add(part));
        }
    }

    @Test
    @DisplayName("A message that has no end is refused at its limit")
    void endless() throws Exception {
        MessageParts joined = new MessageParts();
        byte[] part = new byte[512];
        part[0] = 1;
        for (int taken = 0; taken + 511 <= MessageParts.MAX_MESSAGE; taken += 511) {
            assertNull(joined.add(part));
        }
        assertThrows(ProximityException.class, () -> joined.add(part));
    }

    @Test
    @DisplayName("An MTU that no link has is a fault of the caller")
    void tooSmall() {
        assertThrows(IllegalArgumentException.class, () -> MessageParts.of(new byte[1], 22));
    }
}
