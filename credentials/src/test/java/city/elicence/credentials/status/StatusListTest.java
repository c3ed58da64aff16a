package city.elicence.credentials.status;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.status.StatusException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusListTest {
    @TestFactory
    @DisplayName("Token Status List appendix C: test vectors of 1, 2, 4 and 8 bits")
    List<DynamicTest> appendixC() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        String json = Vectors.read(Vectors.folder("token-status-list").resolve("test_vectors.json"));
        for (Object vector : (List<?>) Objects.requireNonNull(Json.parse(json))) {
            Fields fields = Fields.of(Json.asObject(vector));
            tests.add(DynamicTest.dynamicTest(fields.longValue("bits") + " bits", () -> vector(fields)));
        }
        assertEquals(4, tests.size());
        return tests;
    }

    private static void vector(Fields vector) throws Exception {
        StatusList list = StatusList.fromJson(vector.map());
        assertEquals(1 << 20, list.size());
        Fields values = vector.fields("values");
        StatusList own = StatusList.ofSize(list.bits(), list.size());
        for (String index : values.map().keySet()) {
            assertEquals(values.longValue(index), list.get(Long.parseLong(index)), "status[" + index + "]");
            own.set(Integer.parseInt(index), (int) values.longValue(index));
        }
        // All other statuses are VALID.
        assertEquals(own, list);
        assertEquals(own, StatusList.decompress(own.bits(), own.compress()));
    }

    @Test
    @DisplayName("§4.1: statuses fill an octet from its least significant bit")
    void packing() {
        StatusList oneBit = StatusList.ofSize(1, 16);
        int[] statuses = {1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1};
        StatusList twoBits = StatusList.ofSize(2, 12);
        int[] wider = {1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3};
        for (int i = 0; i < statuses.length; i++) {
            oneBit.set(i, statuses[i]);
        }
        for (int i = 0; i < wider.length; i++) {
            twoBits.set(i, wider[i]);
        }
        assertArrayEquals(new byte[] {(byte) 0xb9, (byte) 0xa3}, oneBit.octets());
        assertArrayEquals(new byte[] {(byte) 0xc9, 0x44, (byte) 0xf9}, twoBits.octets());
        assertEquals("eNrbuRgAAhcBXQ", oneBit.toJson().get("lst"), "§4.2, the example of 1 bit");
        assertEquals("eNo76fITAAPfAgc", twoBits.toJson().get("lst"), "§4.2, the example of 2 bits");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    @DisplayName("Property: what is set is read, neighbours are not touched, and compression loses nothing")
    void roundTrip(int bits) throws Exception {
        Random random = new Random(bits);
        StatusList list = StatusList.ofSize(bits, 1000);
        int[] expected = new int[list.size()];
        for (int i = 0; i < 5000; i++) {
            int index = random.nextInt(expected.length);
            expected[index] = random.nextInt(1 << bits);
            list.set(index, expected[index]);
        }
        StatusList read = StatusList.fromJson(Json.parseObject(Json.write(list.toJson())));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], read.get(i));
        }
        assertThrows(IllegalArgumentException.class, () -> list.set(0, 1 << bits));
    }

    @Test
    @DisplayName("§8.3: an index out of bounds is an error and makes no statement")
    void outOfBounds() {
        StatusList list = StatusList.ofSize(2, 8);
        assertReason(Reason.INDEX_OUT_OF_RANGE, () -> list.get(8));
        assertReason(Reason.INDEX_OUT_OF_RANGE, () -> list.get(-1));
        assertReason(Reason.INDEX_OUT_OF_RANGE, () -> list.get(Long.MAX_VALUE));
    }

    @Test
    @DisplayName("§4.2: bits other than 1, 2, 4, 8 and an lst that is no ZLIB stream in base64url are refused")
    void malformed() throws Exception {
        for (long bits : new long[] {0, 3, 5, 16, -1, Long.MAX_VALUE}) {
            assertReason(Reason.MALFORMED_LIST, () -> StatusList.fromJson(json(bits, "eNrbuRgAAhcBXQ")));
        }
        for (String lst : List.of("", "eNrbuRgAAhcBXQ==", "eNrbuRgAAhcB", "AAAA", "e+/", "eNrbuRgAAhcBXQAA")) {
            assertReason(Reason.MALFORMED_LIST, () -> StatusList.fromJson(json(1, lst)));
        }
        assertReason(Reason.MALFORMED_LIST, () -> StatusList.fromJson(Map.of("bits", 1L)));
        assertReason(Reason.MALFORMED_LIST, () -> StatusList.fromJson(Map.of("lst", "eNrbuRgAAhcBXQ")));
    }

    @Test
    @DisplayName("A small stream that unpacks to hundreds of megabytes is stopped at the limit")
    void bomb() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        assertReason(Reason.TOO_LARGE, () -> StatusList.decompress(8, bomb.toByteArray()));
    }

    @Test
    @DisplayName("Property: one flipped bit of the compressed list never gives another list: ZLIB's checksum sees it")
    void flippedBit() {
        StatusList list = StatusList.ofSize(1, 4096);
        list.set(77, StatusList.INVALID);
        list.set(3000, StatusList.INVALID);
        byte[] compressed = list.compress();
        int refused = 0;
        for (int bit = 0; bit < compressed.length * 8; bit++) {
            byte[] changed = compressed.clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            try {
                assertEquals(list, StatusList.decompress(1, changed), "bit " + bit);
            } catch (StatusException e) {
                refused++;
            }
        }
        assertTrue(refused > compressed.length * 7, "nearly all are refused, " + refused + " were");
    }

    private static Map<String, Object> json(long bits, String lst) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bits", bits);
        json.put("lst", lst);
        return json;
    }

    static void assertReason(Reason reason, org.junit.jupiter.api.function.Executable check) {
        assertEquals(reason, assertThrows(StatusException.class, check).reason());
    }

    @Test
    @DisplayName("§6.2: a reference has a non-negative idx and a uri, and is written as it is read")
    void reference() throws Exception {
        Map<String, Object> claim =
                Json.parseObject("{\"status_list\":{\"idx\":0,\"uri\":\"https://example.com/statuslists/1\"}}");
        StatusReference reference = StatusReference.fromClaim(claim);
        assertEquals(0, reference.index());
        assertEquals(claim, reference.toClaim());
        for (String wrong : List.of(
                "{}",
                "{\"status_list\":{\"idx\":-1,\"uri\":\"https://a.example/1\"}}",
                "{\"status_list\":{\"idx\":\"1\",\"uri\":\"https://a.example/1\"}}",
                "{\"status_list\":{\"idx\":1.5,\"uri\":\"https://a.example/1\"}}",
                "{\"status_list\":{\"idx\":1,\"uri\":\"relative\"}}",
                "{\"status_list\":{\"idx\":1,\"uri\":\"not a uri\"}}",
                "{\"status_list\":{\"idx\":1}}",
                "{\"status_list\":[]}")) {
            Map<String, Object> json = Json.parseObject(wrong);
            assertReason(Reason.MALFORMED_REFERENCE, () -> StatusReference.fromClaim(json));
        }
    }
}
