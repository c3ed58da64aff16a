package city.elicence.credentials.offline;

import static city.elicence.credentials.offline.OfflineCodeTest.assertReason;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.offline.OfflineException.Reason;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrContent;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.qr.QrMatrix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OfflineFramesTest {
    private static final int CAPACITY = 512;

    @Test
    @DisplayName("Property: frames of any set, in any order and again and again, give back its octets once complete")
    void anyOrder() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            byte[] packed = packed(random, 1 + random.nextInt(8 * CAPACITY));
            int parts = (packed.length + CAPACITY - 1) / CAPACITY;
            List<byte[]> frames = new ArrayList<>(octets(OfflineFrame.split(packed)));
            assertEquals(parts == 1 ? 1 : parts + 1, frames.size());
            // Whichever one is never seen: any others will do.
            Collections.shuffle(frames, random);
            frames = frames.subList(0, parts);
            List<byte[]> seen = new ArrayList<>(frames.subList(0, frames.size() - 1));
            seen.addAll(List.copyOf(seen));
            Collections.shuffle(seen, random);
            OfflineFrames collector = new OfflineFrames();
            for (byte[] frame : seen) {
                assertTrue(collector.accept(frame).isEmpty());
                assertTrue(frame.length <= OfflineFrame.MAX_OCTETS);
            }
            assertEquals(frames.size() == 1 ? 0 : 1, collector.missing());
            assertArrayEquals(
                    packed, collector.accept(frames.get(frames.size() - 1)).orElseThrow());
            assertEquals(0, collector.missing());
        }
    }

    @Test
    @DisplayName("Frames of two sets never mix: each set gives its own octets")
    void twoSets() throws Exception {
        Random random = new Random(4);
        byte[] one = packed(random, 1000);
        byte[] two = packed(random, 1000);
        List<byte[]> ones = octets(OfflineFrame.split(one));
        List<byte[]> twos = octets(OfflineFrame.split(two));
        OfflineFrames collector = new OfflineFrames();
        assertTrue(collector.accept(ones.get(0)).isEmpty());
        assertTrue(collector.accept(twos.get(1)).isEmpty());
        assertArrayEquals(one, collector.accept(ones.get(1)).orElseThrow());
        assertArrayEquals(two, collector.accept(twos.get(0)).orElseThrow());
    }

    @Test
    @DisplayName("A frame with another set's id put on it is found out")
    void forgedId() throws Exception {
        Random random = new Random(5);
        List<byte[]> ones = octets(OfflineFrame.split(packed(random, 1000)));
        List<byte[]> twos = octets(OfflineFrame.split(packed(random, 1000)));
        byte[] forged = twos.get(1);
        System.arraycopy(ones.get(0), 3, forged, 3, 4);
        OfflineFrames collector = new OfflineFrames();
        collector.accept(ones.get(0));
        assertReason(Reason.WRONG_DIGEST, () -> collector.accept(forged));
        // The set is forgotten with the forgery: the holder's next turn starts afresh.
        assertTrue(collector.accept(ones.get(1)).isEmpty());
        assertTrue(collector.accept(ones.get(0)).isPresent());
    }

    @Test
    @DisplayName("Property: one flipped bit of a frame never gives the octets of the set, nor others")
    void flippedBit() throws Exception {
        byte[] packed = packed(new Random(6), 700);
        List<byte[]> frames = octets(OfflineFrame.split(packed));
        for (int bit = 0; bit < frames.get(1).length * 8; bit++) {
            byte[] changed = frames.get(1).clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            OfflineFrames collector = new OfflineFrames();
            collector.accept(frames.get(0));
            try {
                assertTrue(collector.accept(changed).isEmpty(), "bit " + bit);
            } catch (OfflineException e) {
                assertTrue(e.reason() == Reason.WRONG_DIGEST || e.reason() == Reason.MALFORMED, "bit " + bit);
            }
        }
    }

    @Test
    @DisplayName("Other codes in the picture are passed over; frames that break the rules are refused")
    void others() throws Exception {
        OfflineFrames collector = new OfflineFrames();
        assertTrue(collector
                .accept("https://example.com".getBytes(StandardCharsets.US_ASCII))
                .isEmpty());
        assertTrue(collector.accept(new byte[0]).isEmpty());
        assertTrue(collector.accept(new byte[] {'E', 'L', '1'}).isEmpty());
        byte[] beyond = octets(OfflineFrame.split(new byte[100])).get(0);
        beyond[7] = 0x10;
        assertReason(Reason.MALFORMED, () -> collector.accept(beyond));
        beyond[7] = 0x0f;
        assertReason(Reason.MALFORMED, () -> collector.accept(beyond));
        assertReason(Reason.TOO_LARGE, () -> OfflineFrame.split(new byte[8 * CAPACITY + 1]));
        assertReason(Reason.TOO_LARGE, () -> OfflineFrame.split(new byte[0]));
    }

    @Test
    @DisplayName("A collector keeps four unfinished sets and no more, however many it sees")
    void capped() throws Exception {
        Random random = new Random(8);
        OfflineFrames collector = new OfflineFrames();
        List<byte[]> first = octets(OfflineFrame.split(packed(random, 1000)));
        collector.accept(first.get(0));
        for (int i = 0; i < 4; i++) {
            collector.accept(octets(OfflineFrame.split(packed(random, 1000))).get(0));
        }
        assertTrue(collector.accept(first.get(1)).isEmpty(), "the first set was dropped");
    }

    @Test
    @DisplayName(
            "From phone to scanner: frames as pixels, blurred by a camera a little out of focus, are read and verified"
                    + " whole")
    void throughACamera() throws Exception {
        List<String> x5c = SamplePresentation.x5c(1);
        String presentation = SamplePresentation.drivingLicence(x5c, true);
        OfflineFrames collector = new OfflineFrames();
        Optional<byte[]> packed = Optional.empty();
        for (byte[] frame : OfflineCode.frames(presentation)) {
            QrMatrix matrix = Qr.encode(frame, QrLevel.LOW, OfflineFrame.MAX_QR_VERSION);
            int scale = 8;
            int side = matrix.pixels(scale);
            byte[] seen = blurred(matrix.luma(scale), side, 5, new Random(11));
            List<QrContent> contents = Qr.decode(side, side, seen);
            assertEquals(1, contents.size());
            Optional<byte[]> whole = collector.accept(contents.get(0).octets());
            packed = whole.isPresent() ? whole : packed;
        }
        assertEquals(presentation, OfflineCode.unpack(packed.orElseThrow(), KnownChains.of(List.of(x5c))));
    }

    /** A box blur of so many pixels, less contrast and some noise: a hand-held camera. */
    private static byte[] blurred(byte[] luma, int side, int box, Random noise) {
        byte[] result = new byte[luma.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int sum = 0;
                int count = 0;
                for (int dy = -box / 2; dy <= box / 2; dy++) {
                    for (int dx = -box / 2; dx <= box / 2; dx++) {
                        if (y + dy >= 0 && y + dy < side && x + dx >= 0 && x + dx < side) {
                            sum += luma[(y + dy) * side + x + dx] & 0xff;
                            count++;
                        }
                    }
                }
                result[y * side + x] = (byte) (40 + sum / count * 170 / 255 + noise.nextInt(16));
            }
        }
        return result;
    }

    private static byte[] packed(Random random, int length) {
        byte[] packed = new byte[length];
        random.nextBytes(packed);
        return packed;
    }

    private static List<byte[]> octets(List<OfflineFrame> frames) {
        List<byte[]> octets = new ArrayList<>();
        for (OfflineFrame frame : frames) {
            octets.add(frame.octets());
        }
        return octets;
    }
}
