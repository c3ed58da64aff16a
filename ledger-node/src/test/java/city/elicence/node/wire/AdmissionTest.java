package city.elicence.node.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many messages are let in. */
final class AdmissionTest {
    private static final long SECOND = 1_000_000_000L;
    private final Admission admission = new Admission();
    private final ClientAddress one = new ClientAddress(new byte[] {1});
    private final ClientAddress other = new ClientAddress(new byte[] {2});

    @Test
    @DisplayName("A burst, then so many a second; a rest fills the bucket again, and never above its size")
    void bucket() {
        long now = 77 * SECOND;
        assertEquals(Admission.BURST, admitted(one, now));
        assertEquals(0, admitted(one, now));
        assertEquals(Admission.PER_SECOND, admitted(one, now + SECOND));
        assertEquals(Admission.BURST, admitted(one, now + 3600 * SECOND));
    }

    @Test
    @DisplayName("One connection's flood takes nothing from another")
    void apart() {
        admitted(one, SECOND);
        assertTrue(admission.admits(other, SECOND));
    }

    private int admitted(ClientAddress client, long now) {
        int count = 0;
        for (int i = 0; i < 3 * Admission.BURST; i++) {
            count += admission.admits(client, now) ? 1 : 0;
        }
        return count;
    }
}
