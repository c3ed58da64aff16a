package city.elicence.credentials.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON read strictly and written the same way twice; base64url with one text for each byte string. */
class JsonTest {
    @ParameterizedTest
    @DisplayName("RFC 8259, strictly: no duplicate names, nothing after the value, no leniency")
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1,\"a\":2}",
                "{\"a\":null,\"a\":null}",
                "{\"x\":{\"a\":1,\"\\u0061\":2}}",
                "{} {}",
                "1 2",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "NaN",
                "01",
                "+1",
                "/* */ 1",
                "\"\t\"",
                "[",
                "{\"a\"",
                "tru"
            })
    void refused(String text) {
        assertThrows(JsonException.class, () -> Json.parse(text));
    }

    @Test
    @DisplayName("Limits: depth, size, digits of a number; and bytes that are not UTF-8")
    void limits() throws Exception {
        Json.parse("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH));
        assertThrows(
                JsonException.class, () -> Json.parse("[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1)));
        assertThrows(JsonException.class, () -> Json.parse("\"" + "x".repeat(Json.MAX_BYTES) + "\""));
        assertThrows(JsonException.class, () -> Json.parse("9".repeat(101)));
        assertThrows(JsonException.class, () -> Json.parse(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}));
        assertThrows(JsonException.class, () -> Json.parse(new byte[Json.MAX_BYTES + 1]));
    }

    @Test
    @DisplayName("Numbers keep their value: Long, BigInteger, BigDecimal; null is null")
    void values() throws Exception {
        assertEquals(
                Arrays.asList(1L, new BigInteger("9223372036854775808"), new BigDecimal("1.50"), true, "é", null),
                Json.parse("[1,9223372036854775808,1.50,true,\"\\u00e9\",null]"));
        assertNull(Json.parse("null"));
        assertTrue(Json.parseObject("{\"a\":null}").containsKey("a"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> Json.parseObject("{}").put("a", 1));
    }

    @Test
    @DisplayName("Written in the order given, or sorted at every level for digests")
    void writing() throws Exception {
        String text = "{\"b\":{\"d\":[1,{\"z\":1.50,\"y\":null}],\"c\":\"é\\n\"},\"a\":false}";
        assertEquals(text, Json.write(Json.parse(text)));
        assertEquals(
                "{\"a\":false,\"b\":{\"c\":\"é\\n\",\"d\":[1,{\"y\":null,\"z\":1.50}]}}",
                Json.writeSorted(Json.parse(text)));
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("a", new Object())));
        assertThrows(IllegalArgumentException.class, () -> Json.write(Double.NaN));
    }

    @Test
    @DisplayName("Fields name what was expected and never the value")
    void fields() throws Exception {
        Fields fields = Fields.parse(
                "{\"s\":\"secret\",\"n\":7,\"t\":1.5e9,\"huge\":1e999999,\"o\":{},\"l\":[\"a\"],\"z\":null}");
        assertEquals("secret", fields.string("s"));
        assertEquals(7, fields.longValue("n"));
        assertEquals(Instant.ofEpochSecond(1_500_000_000), fields.instant("t"));
        assertEquals(List.of("a"), fields.strings("l"));
        assertFalse(fields.optString("absent").isPresent());
        for (String name : List.of("n", "z", "absent", "o")) {
            JsonException e = assertThrows(JsonException.class, () -> fields.string(name));
            assertEquals(name + ": expected a string", e.getMessage());
        }
        JsonException e = assertThrows(JsonException.class, () -> fields.longValue("s"));
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
        assertThrows(JsonException.class, () -> fields.instant("huge"));
        assertThrows(JsonException.class, () -> fields.optString("z"), "null is not absence");
        assertThrows(JsonException.class, () -> fields.only("s", "n"));
    }

    @Test
    @DisplayName("RFC 7515 §2: base64url round trips, and any other text for the same bytes is refused")
    void base64Url() throws Exception {
        Random random = new Random(7515);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length % 67];
            random.nextBytes(bytes);
            String text = Base64Url.encode(bytes);
            assertArrayEquals(bytes, Base64Url.decode(text));
            if (text.length() % 4 != 0) {
                String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
                int last = alphabet.indexOf(text.charAt(text.length() - 1));
                String spare = text.substring(0, text.length() - 1) + alphabet.charAt(last ^ 1);
                assertThrows(JsonException.class, () -> Base64Url.decode(spare));
            }
        }
        for (String text : List.of("A", "AA=", "AA==", "A+==", "A/AA", "AA AA", "AAA\n", "ÄAAA", "AB")) {
            assertThrows(JsonException.class, () -> Base64Url.decode(text), text);
        }
    }
}
