package city.elicence.credentials.catalogue.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the schemes guarantee: which slips of the pen they catch. Numbers are made from a fixed seed. */
class ErrorDetectionTest {
    private static final String DIGITS = "0123456789";
    private static final int ROUNDS = 40;
    private final Random random = new Random(20261123);

    @Test
    @DisplayName("GB 11643: every wrong digit and every swap of neighbours is caught")
    void citizenId() {
        for (int round = 0; round < ROUNDS; round++) {
            String body = "110199" + (1930 + random.nextInt(90)) + "05" + (10 + random.nextInt(18)) + digits(3);
            String number = body + CitizenId.checkCharacter(body);
            assertGood(Validator.CITIZEN_ID, number);
            assertAllCaught(Validator.CITIZEN_ID, oneWrong(number, DIGITS, 0, 18));
            assertAllCaught(Validator.CITIZEN_ID, swapped(number, 0, 18));
        }
    }

    @Test
    @DisplayName("GB 32100: every wrong character and every swap of neighbours is caught")
    void socialCreditCode() {
        for (int round = 0; round < ROUNDS; round++) {
            String eight = "MA" + digits(6);
            String body = "91" + "11" + digits(4) + eight + OrganisationCode.checkCharacter(eight);
            String number = body + SocialCreditCode.checkCharacter(body);
            assertGood(Validator.USCC, number);
            assertAllCaught(Validator.USCC, oneWrong(number, SocialCreditCode.ALPHABET, 0, 18));
            assertAllCaught(Validator.USCC, swapped(number, 0, 18));
        }
    }

    @Test
    @DisplayName("GB 16735: every wrong digit and every swap of neighbouring digits after the check digit is caught")
    void vin() {
        for (int round = 0; round < ROUNDS; round++) {
            String unchecked = "LTE5TAAB0" + digits(8);
            String number = "LTE5TAAB" + Vin.checkCharacter(unchecked) + unchecked.substring(9);
            assertGood(Validator.VIN, number);
            assertAllCaught(Validator.VIN, oneWrong(number, DIGITS, 9, 17));
            assertAllCaught(Validator.VIN, swapped(number, 9, 17));
        }
    }

    @Test
    @DisplayName("ISO 6346: every wrong digit is caught, except where the sum mod 11 goes between 10 and 0")
    void container() {
        int missed = 0;
        int tried = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String body = "TSTU" + digits(6);
            String number = body + ContainerNumber.checkDigit(body);
            assertGood(Validator.CONTAINER, number);
            for (String wrong : oneWrong(number, DIGITS, 4, 10)) {
                tried++;
                if (!Validator.CONTAINER.check(wrong).isPresent()) {
                    missed++;
                    assertEquals('0', number.charAt(10), "only the check digit 0 stands for two remainders");
                }
            }
        }
        assertTrue(missed * 50 < tried, missed + " of " + tried);
    }

    @Test
    @DisplayName("IATA air waybill: a wrong digit of the serial is caught, unless it differs by 7")
    void airWaybill() {
        for (int round = 0; round < ROUNDS; round++) {
            String body = "990" + digits(7);
            String number = body + AirWaybill.checkDigit(body);
            assertGood(Validator.AWB, number);
            for (String wrong : oneWrong(number, DIGITS, 3, 10)) {
                int at = firstDifference(number, wrong);
                boolean seven = Math.abs(number.charAt(at) - wrong.charAt(at)) == 7;
                assertEquals(!seven, Validator.AWB.check(wrong).isPresent());
            }
        }
    }

    @Test
    @DisplayName("ISO/IEC 7064 MOD 37,36: every wrong character is caught")
    void iso7064() {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int round = 0; round < ROUNDS; round++) {
            String text = "A1" + digits(16) + "XZ";
            char check = Iso7064.mod37Of36(text);
            for (String wrong : oneWrong(text, alphabet, 0, text.length())) {
                assertTrue(Iso7064.mod37Of36(wrong) != check);
            }
        }
    }

    private static void assertGood(Validator validator, String number) {
        assertTrue(!validator.check(number).isPresent(), number);
    }

    private static void assertAllCaught(Validator validator, List<String> wrongs) {
        for (String wrong : wrongs) {
            assertTrue(validator.check(wrong).isPresent(), wrong);
        }
    }

    private static List<String> oneWrong(String number, String alphabet, int from, int to) {
        List<String> wrongs = new ArrayList<>();
        for (int at = from; at < to; at++) {
            for (int i = 0; i < alphabet.length(); i++) {
                char c = alphabet.charAt(i);
                if (c != number.charAt(at)) {
                    wrongs.add(number.substring(0, at) + c + number.substring(at + 1));
                }
            }
        }
        return wrongs;
    }

    private static List<String> swapped(String number, int from, int to) {
        List<String> wrongs = new ArrayList<>();
        for (int at = from; at + 1 < to; at++) {
            if (number.charAt(at) != number.charAt(at + 1)) {
                wrongs.add(
                        number.substring(0, at) + number.charAt(at + 1) + number.charAt(at) + number.substring(at + 2));
            }
        }
        return wrongs;
    }

    private static int firstDifference(String one, String other) {
        int at = 0;
        while (one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }
}
