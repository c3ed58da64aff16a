package city.elicence.ledger.indy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Texts and bytes in Indy's forms")
class EncodingTest {

    @Test
    @DisplayName("base58 of the published vectors, zero bytes at the start included")
    void base58() {
        assertEquals("StV1DL6CwTryKyV", Base58.encode("hello world".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals("11233QC4", Base58.encode(HexFormat.of().parseHex("0000287fb4cd")));
        assertEquals("", Base58.encode(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Base58.decode("0OIl"));
        assertThrows(IllegalArgumentException.class, () -> Base58.decode("1".repeat(513)));
    }

    @Test
    @DisplayName("base58 reads back what it wrote")
    void base58RoundTrip() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(58);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && random.nextBoolean()) {
                bytes[0] = 0;
            }
            assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
        }
    }

    @Test
    @DisplayName("an abbreviated key is the DID's bytes and the rest")
    void verkey() {
        byte[] key = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        String id = Base58.encode(java.util.Arrays.copyOf(key, 16));
        String rest = Base58.encode(java.util.Arrays.copyOfRange(key, 16, 32));
        assertEquals(Base58.encode(key), Verkey.inFull(id, "~" + rest));
        assertEquals(Base58.encode(key), Verkey.inFull(id, Base58.encode(key)));
    }

    @Test
    @DisplayName("MessagePack: names sorted, numbers and lengths in their shortest form")
    void messagePack() {
        assertEquals("82a16101a162c3", hex(Map.of("b", true, "a", 1L)));
        assertEquals("81a16ecc80", hex(Map.of("n", 128L)));
        assertEquals("81a16ecd0100", hex(Map.of("n", 256L)));
        assertEquals("81a16ece00010000", hex(Map.of("n", 65536L)));
        assertEquals("81a16ecf0000000100000000", hex(Map.of("n", 1L << 32)));
        assertEquals("81a16eff", hex(Map.of("n", -1L)));
        assertEquals("81a16ed0df", hex(Map.of("n", -33L)));
        assertEquals("81a16ed1ff7f", hex(Map.of("n", -129L)));
        assertEquals(
                "81a16c93a0d920" + "61".repeat(32) + "90", hex(Map.of("l", List.of("", "a".repeat(32), List.of()))));
        assertEquals("81a173da0100" + "61".repeat(256), hex(Map.of("s", "a".repeat(256))));
        assertEquals("81a16cdc0010" + "01".repeat(16), hex(Map.of("l", java.util.Collections.nCopies(16, 1L))));
    }

    private static String hex(Map<String, Object> tree) {
        return HexFormat.of().formatHex(MessagePack.of(tree));
    }
}
