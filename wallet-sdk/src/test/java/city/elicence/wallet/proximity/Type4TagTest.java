package city.elicence.wallet.proximity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NFC Forum Type 4 tag, mapping version 2.0, over ISO/IEC 7816-4 commands; what is not such a command gets its status word. */
class Type4TagTest {
    private static final String SELECT_TAG = "00a4040007d276000085010100";
    private static final String SELECT_NDEF = "00a4000c02e104";

    private final Type4Tag tag = new Type4Tag(new byte[300]);

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static String status(byte[] answer) {
        return HexFormat.of().formatHex(answer, answer.length - 2, answer.length);
    }

    private String say(String command) {
        return HexFormat.of().formatHex(tag.answer(HexFormat.of().parseHex(command)));
    }

    @BeforeEach
    void whole() {
        assertEquals("9000", say(SELECT_TAG));
        assertEquals("9000", say("00a4000c02e103"));
        assertEquals("000f20" + "00ff" + "00ff" + "0406" + "e104" + "012e" + "00ff" + "9000", say("00b000000f"));
        assertEquals("9000", say(SELECT_NDEF));
        assertEquals("012c9000", say("00b0000002"));
    }

    @ParameterizedTest
    @DisplayName("ISO/IEC 7816-4 §5.6: a command that cannot be done is answered by the status word for what is wrong")
    @CsvSource({
        "'', 6700, nothing at all",
        "00a404, 6700, no header",
        "80a4040007d2760000850101, 6e00, class of somebody else",
        "10a4040007d2760000850101, 6e00, chained",
        "00d6000002ffff, 6d00, UPDATE BINARY: the tag is read only",
        "00ca000000, 6d00, GET DATA",
        "00a4040007a0000002480400, 6a82, the application for data transfer by NFC",
        "00a4040006d27600008501, 6a82, a name that is cut",
        "00a4040007d27600, 6700, Lc says more than there is",
        "00a40400, 6700, no name",
        "00a4020c02e104, 6a86, by what is no id",
        "00a4000002e104, 6a86, P2 asks for file control information",
        "00a4000c01e1, 6700, an id of one octet",
        "00a4000c023f00, 6a82, another file",
        "00b00000, 6700, no Le",
        "00b0000000ffff, 6700, extended Le",
        "00b0012f01, 6b00, beyond the end",
        "00b0810001, 6b00, by short identifier",
    })
    void refused(String command, String status, String what) {
        assertEquals(status, say(command), what);
    }

    @Test
    @DisplayName("What is read to the end of the file says so; Le of 0 reads what there is")
    void theEnd() {
        assertEquals("00".repeat(4) + "6282", say("00b0012aff"));
        assertEquals("00".repeat(4) + "9000", say("00b0012a00"));
        assertEquals("6282", say("00b0012e01"));
        assertEquals(2 * 258, say("00b0000000").length());
    }

    @Test
    @DisplayName(
            "Nothing can be read before a file is selected, nor after the reader has left or selected something else")
    void order() {
        tag.left();
        assertEquals("6986", say("00b0000002"));
        assertEquals("6a82", say(SELECT_NDEF), "no application is selected");
        assertEquals("9000", say(SELECT_TAG));
        assertEquals("6986", say("00b0000002"));
        assertEquals("9000", say(SELECT_NDEF));
        assertEquals("6a82", say("00a4040007a0000002480400"));
        assertEquals("6986", say("00b0000002"));
        assertEquals("6a82", status(Type4Tag.nothing()));
    }

    @Test
    @DisplayName("Whatever is sent gets an answer of a known status, and data with none but those of success")
    void anything() {
        Random random = new Random(7816);
        Set<String> known = Set.of("9000", "6282", "6700", "6986", "6a82", "6a86", "6b00", "6d00", "6e00");
        for (int i = 0; i < 200_000; i++) {
            byte[] command = new byte[random.nextInt(16)];
            random.nextBytes(command);
            if (command.length > 1 && random.nextInt(4) > 0) {
                command[0] = 0;
                command[1] = (byte) (random.nextBoolean() ? 0xa4 : 0xb0);
            }
            byte[] answer = tag.answer(command);
            assertTrue(known.contains(status(answer)), () -> Arrays.toString(command));
            assertTrue(answer.length == 2 || Set.of("9000", "6282").contains(status(answer)));
        }
    }
}
