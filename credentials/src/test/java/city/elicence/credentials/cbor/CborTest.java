package city.elicence.credentials.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "25, 1819",
        "100, 1864",
        "1000, 1903e8",
        "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000",
        "18446744073709551615, 1bffffffffffffffff",
        "18446744073709551616, c249010000000000000000",
        "-18446744073709551616, 3bffffffffffffffff",
        "-18446744073709551617, c349010000000000000000",
        "-1, 20",
        "-10, 29",
        "-100, 3863",
        "-1000, 3903e7"
    })
    @DisplayName("RFC 8949 appendix A: integers")
    void integers(BigInteger value, String hex) throws Exception {
        Object number = value.bitLength() < 64 ? (Object) value.longValueExact() : value;
        assertEquals(hex, encode(number));
        assertEquals(number, decode(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.0, f93c00",
        "1.1, fb3ff199999999999a",
        "1.5, f93e00",
        "65504.0, f97bff",
        "100000.0, fa47c35000",
        "3.4028234663852886e+38, fa7f7fffff",
        "1.0e+300, fb7e37e43c8800759c",
        "5.960464477539063e-8, f90001",
        "0.00006103515625, f90400",
        "-4.0, f9c400",
        "-4.1, fbc010666666666666",
        "Infinity, f97c00",
        "NaN, f97e00",
        "-Infinity, f9fc00"
    })
    @DisplayName("RFC 8949 appendix A: floats, in the shortest form that keeps the value (§4.2.2)")
    void floats(double value, String hex) throws Exception {
        assertEquals(hex, encode(value));
        assertEquals(value, decode(hex));
    }

    @Test
    @DisplayName("RFC 8949 appendix A: longer floats than needed are read, and are not deterministic")
    void longFloats() throws Exception {
        for (String hex : List.of("fa7f800000", "fb7ff0000000000000")) {
            assertEquals(Double.POSITIVE_INFINITY, decode(hex));
            assertFalse(Cbor.isDeterministic(octets(hex)));
        }
        assertEquals(Double.NaN, decode("fb7ff8000000000000"));
    }

    @Test
    @DisplayName("RFC 8949 appendix A: simple values, strings, arrays, maps, tags")
    void others() throws Exception {
        assertBoth("f4", false);
        assertBoth("f5", true);
        assertBoth("f6", null);
        assertBoth("f7", Cbor.Simple.UNDEFINED);
        assertBoth("f0", new Cbor.Simple(16));
        assertBoth("f8ff", new Cbor.Simple(255));
        assertBoth("c074323031332d30332d32315432303a30343a30305a", new Tagged(0, "2013-03-21T20:04:00Z"));
        assertBoth("c11a514b67b0", new Tagged(1, 1363896240L));
        assertEquals("d74401020304", encode(new Tagged(23, octets("01020304"))));
        assertEquals("d818456449455446", encode(new Tagged(24, octets("6449455446"))));
        assertEquals("40", encode(new byte[0]));
        assertEquals("4401020304", encode(octets("01020304")));
        assertBoth("60", "");
        assertBoth("6161", "a");
        assertBoth("62225c", "\"\\");
        assertBoth("62c3bc", "\u00fc");
        assertBoth("63e6b0b4", "\u6c34");
        assertBoth("64f0908591", "\ud800\udd51");
        assertBoth("80", List.of());
        assertBoth("83010203", List.of(1L, 2L, 3L));
        assertBoth("8301820203820405", List.of(1L, List.of(2L, 3L), List.of(4L, 5L)));
        assertBoth("a0", Map.of());
        assertBoth("a201020304", map(1L, 2L, 3L, 4L));
        assertBoth("a26161016162820203", map("a", 1L, "b", List.of(2L, 3L)));
        assertBoth("826161a161626163", List.of("a", map("b", "c")));
        assertBoth("a56161614161626142616361436164614461656145", map("a", "A", "b", "B", "c", "C", "d", "D", "e", "E"));
    }

    @Test
    @DisplayName("RFC 8949 appendix A: indefinite lengths are read, and are not deterministic (§4.2.1)")
    void indefinite() throws Exception {
        assertArrayEquals(octets("0102030405"), (byte[]) decode("5f42010243030405ff"));
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("7f657374726561646d696e67ff", "streaming");
        read.put("9fff", List.of());
        read.put("9f018202039f0405ffff", List.of(1L, List.of(2L, 3L), List.of(4L, 5L)));
        read.put("83018202039f0405ff", List.of(1L, List.of(2L, 3L), List.of(4L, 5L)));
        read.put("bf61610161629f0203ffff", map("a", 1L, "b", List.of(2L, 3L)));
        read.put("bf6346756ef563416d7421ff", map("Fun", true, "Amt", -2L));
        for (Map.Entry<String, Object> entry : read.entrySet()) {
            assertEquals(entry.getValue(), decode(entry.getKey()));
            assertFalse(Cbor.isDeterministic(octets(entry.getKey())));
        }
    }

    @Test
    @DisplayName("RFC 8949 §4.2.1: maps are sorted by the octets of their encoded keys")
    void sorting() {
        // The order of the example in §4.2.1, without the kinds of keys that are not used here.
        assertEquals(
                "a5" + "0a01" + "186402" + "2003" + "617a04" + "62616105",
                encode(map("aa", 5L, "z", 4L, 100L, 2L, -1L, 3L, 10L, 1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1900",
                "5a00000001",
                "61",
                "81",
                "a101",
                "1c",
                "1f",
                "3f",
                "5f",
                "5f41",
                "5f6161ff",
                "5f5fffff",
                "7f",
                "7f4101ff",
                "7f61c361bcff",
                "9f",
                "9f01",
                "bf",
                "bf01ff",
                "ff",
                "81ff",
                "f8",
                "f800",
                "f81f",
                "fc",
                "fd",
                "fe",
                "d8",
                "c0",
                "df00",
                "61ff",
                "62c328",
                "0000",
                "a201020103",
                "a2616101616102",
                "a1f601",
                "a14101f6",
                "9b7fffffffffffffff",
                "bbffffffffffffffff",
                "9bffffffffffffffff",
                "5bffffffffffffffff",
                "7b7fffffffffffffff",
                "a1c249010000000000000000f6"
            })
    @DisplayName("RFC 8949 §5.3, appendix F: what is not well-formed or not valid is refused")
    void refused(String hex) {
        assertThrows(CborException.class, () -> decode(hex));
    }

    @Test
    @DisplayName("Nesting and size have limits")
    void limits() throws Exception {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < Cbor.MAX_DEPTH; i++) {
            deep.append("81");
        }
        decode(deep + "00");
        assertThrows(CborException.class, () -> decode("81" + deep + "00"));
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            tags.append("c6");
        }
        assertThrows(CborException.class, () -> decode(tags + "00"));
        assertThrows(CborException.class, () -> Cbor.decode(new byte[Cbor.MAX_OCTETS + 1]));
    }

    @Test
    @DisplayName("Property: any tree is read as it was written, and its octets are the deterministic ones")
    void roundTrip() throws Exception {
        Random random = new Random(8949);
        for (int i = 0; i < 2000; i++) {
            byte[] octets = Cbor.encode(tree(random, 4));
            assertArrayEquals(octets, Cbor.encode(Cbor.decode(octets)));
            assertTrue(Cbor.isDeterministic(octets));
        }
    }

    @Test
    @DisplayName("Property: random octets are read or refused, nothing else")
    void garbage() {
        Random random = new Random(17);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(24)];
            random.nextBytes(octets);
            try {
                Cbor.encode(Cbor.decode(octets));
                read++;
            } catch (CborException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("expected"));
            }
        }
        assertTrue(read > 100, "some are well-formed: " + read);
    }

    private static @Nullable Object tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 10)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> new BigInteger(random.nextInt(100) + 1, random).negate().subtract(BigInteger.ONE.shiftLeft(70));
            case 2 -> octets(random);
            case 3 -> "text " + random.nextInt() + " \u6c34";
            case 4 ->
                random.nextBoolean()
                        ? random.nextGaussian()
                        : Math.scalb((double) random.nextInt(2048), -random.nextInt(30));
            case 5 -> random.nextBoolean();
            case 6 -> null;
            case 7 -> array(random, depth - 1);
            case 8 -> map(random, depth - 1);
            default -> new Tagged(24 + random.nextInt(10_000), tree(random, depth - 1));
        };
    }

    private static byte[] octets(Random random) {
        byte[] octets = new byte[random.nextInt(300)];
        random.nextBytes(octets);
        return octets;
    }

    private static List<@Nullable Object> array(Random random, int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            array.add(tree(random, depth));
        }
        return array;
    }

    private static Map<Object, @Nullable Object> map(Random random, int depth) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            Object key = random.nextBoolean() ? (Object) (long) random.nextInt(1000) : "k" + random.nextInt(1000);
            map.put(key, tree(random, depth));
        }
        return map;
    }

    private static Map<Object, Object> map(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void assertBoth(String hex, @Nullable Object value) throws CborException {
        assertEquals(hex, encode(value));
        assertEquals(value, decode(hex));
    }

    private static String encode(@Nullable Object value) {
        return HexFormat.of().formatHex(Cbor.encode(value));
    }

    private static @Nullable Object decode(String hex) throws CborException {
        return Cbor.decode(octets(hex));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
