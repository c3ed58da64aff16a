package city.elicence.credentials.qr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrTest {
    private static final String OFFER =
            "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Flicence.example%2Foffers%2F7Yk";

    @ParameterizedTest
    @ValueSource(
            strings = {OFFER, "1234567890", "HELLO WORLD", "王小明 北京市", "a", "~", "naïve café", "\u0000\u0001\u007f"})
    @DisplayName("Text is read as it was written")
    void text(String text) throws Exception {
        QrMatrix matrix = Qr.encode(text, QrLevel.MEDIUM);
        assertEquals(text, only(decode(matrix, 3)).text());
    }

    @ParameterizedTest
    @EnumSource(QrLevel.class)
    @DisplayName("Property: octets are read exactly as they were written, whatever they are")
    void octets(QrLevel level) throws Exception {
        Random random = new Random(20261123);
        for (int i = 0; i < 25; i++) {
            byte[] octets = new byte[1 + random.nextInt(200)];
            random.nextBytes(octets);
            QrMatrix matrix = Qr.encode(octets, level, Qr.MAX_VERSION);
            assertArrayEquals(octets, only(decode(matrix, 2)).octets());
        }
    }

    @Test
    @DisplayName("Octets that happen to be digits, letters, UTF-8 or Shift JIS are read exactly too")
    void oddOctets() throws Exception {
        for (byte[] octets : List.of(
                "0123456789".getBytes(StandardCharsets.US_ASCII),
                "EL1 ABC".getBytes(StandardCharsets.US_ASCII),
                "北京".getBytes(StandardCharsets.UTF_8),
                "北京".getBytes(Charset.forName("Shift_JIS")),
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, 'a'},
                new byte[256])) {
            assertArrayEquals(
                    octets, only(decode(Qr.encode(octets, QrLevel.LOW, 40), 2)).octets());
        }
    }

    @Test
    @DisplayName("ISO/IEC 18004 table 7: version 15-L holds 520 octets and not one more")
    void capacity() throws Exception {
        byte[] octets = new byte[520];
        Arrays.fill(octets, (byte) 0xa5);
        QrMatrix matrix = Qr.encode(octets, QrLevel.LOW, 15);
        assertEquals(15, matrix.version());
        assertEquals(77, matrix.size());
        assertThrows(QrException.class, () -> Qr.encode(Arrays.copyOf(octets, 521), QrLevel.LOW, 15));
        assertThrows(QrException.class, () -> Qr.encode(new byte[3000], QrLevel.LOW, 40));
    }

    @Test
    @DisplayName("The PNG is what another reader of PNG sees: black modules, white around, four modules wide")
    void png() throws Exception {
        QrMatrix matrix = Qr.encode(OFFER, QrLevel.MEDIUM);
        for (int scale : new int[] {1, 3, 8}) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(matrix.png(scale)));
            assertEquals(matrix.pixels(scale), image.getWidth());
            assertEquals(matrix.pixels(scale), image.getHeight());
            byte[] luma = matrix.luma(scale);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    assertEquals(luma[y * image.getWidth() + x] & 0xff, image.getRGB(x, y) & 0xff);
                }
            }
            for (int i = 0; i < 4 * scale; i++) {
                assertEquals(0xff, luma[i * image.getWidth() + i] & 0xff);
            }
            assertEquals(0, luma[4 * scale * image.getWidth() + 4 * scale]);
        }
    }

    @Test
    @DisplayName("A light code on a dark ground is read")
    void inverted() throws Exception {
        QrMatrix matrix = Qr.encode(OFFER, QrLevel.MEDIUM);
        byte[] luma = matrix.luma(3);
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) ~luma[i];
        }
        int side = matrix.pixels(3);
        assertEquals(OFFER, only(Qr.decode(side, side, luma)).text());
    }

    @Test
    @DisplayName("Several codes in one picture are all read")
    void several() throws Exception {
        int width = 900;
        int height = 420;
        byte[] picture = new byte[width * height];
        Arrays.fill(picture, (byte) 0xd0);
        Set<String> texts = new TreeSet<>(Set.of("the first code", "the second code", "the third code"));
        int left = 10;
        for (String text : texts) {
            QrMatrix matrix = Qr.encode(text, QrLevel.MEDIUM);
            byte[] luma = matrix.luma(6);
            int side = matrix.pixels(6);
            for (int y = 0; y < side; y++) {
                System.arraycopy(luma, y * side, picture, (40 + left / 8 + y) * width + left, side);
            }
            left += side + 60;
        }
        Set<String> found = new TreeSet<>();
        for (QrContent content : Qr.decode(width, height, picture)) {
            found.add(content.text());
        }
        assertEquals(texts, found);
    }

    @Test
    @DisplayName("A picture without a code has none, and one of the wrong size is an error")
    void none() {
        byte[] noise = new byte[200 * 200];
        new Random(5).nextBytes(noise);
        assertTrue(Qr.decode(200, 200, noise).isEmpty());
        assertTrue(Qr.decode(200, 200, new byte[200 * 200]).isEmpty());
        assertTrue(Qr.decode(1, 1, new byte[1]).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Qr.decode(200, 200, new byte[100]));
        assertThrows(IllegalArgumentException.class, () -> Qr.decode(0, 200, new byte[100]));
    }

    private static List<QrContent> decode(QrMatrix matrix, int scale) {
        int side = matrix.pixels(scale);
        return Qr.decode(side, side, matrix.luma(scale));
    }

    private static QrContent only(List<QrContent> contents) {
        assertEquals(1, contents.size(), () -> "found " + new ArrayList<>(contents).size());
        return contents.get(0);
    }
}
