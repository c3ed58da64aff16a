package city.elicence.city.story;

import city.elicence.credentials.catalogue.check.AirWaybill;
import city.elicence.credentials.catalogue.check.CitizenId;
import city.elicence.credentials.catalogue.check.OrganisationCode;
import city.elicence.credentials.catalogue.check.SocialCreditCode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Numbers of people and things that do not exist, with right check digits. Every play draws its own, so that plays do not mix. */
public final class MadeUp {
    private final RandomGenerator random;

    public MadeUp(RandomGenerator random) {
        this.random = random;
    }

    /** A citizen's number (GB 11643), in a district of Beijing. */
    public String citizenNumber(LocalDate born, boolean male) {
        int pair = random.nextInt(500) * 2 + (male ? 1 : 0);
        String digits = "11010" + (1 + random.nextInt(9)) + born.format(DateTimeFormatter.BASIC_ISO_DATE)
                + "%03d".formatted(pair);
        return digits + CitizenId.checkCharacter(digits);
    }

    /** A company's unified social credit code (GB 32100). */
    public String companyCode() {
        String organisation = "MA" + digits(6);
        String code = "91110105" + organisation + OrganisationCode.checkCharacter(organisation);
        return code + SocialCreditCode.checkCharacter(code);
    }

    /** An air waybill of the airline with prefix 999. */
    public String airWaybill() {
        String number = "999" + digits(7);
        return number + AirWaybill.checkDigit(number);
    }

    /** So many random digits, the first of them not 0. */
    public String digits(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + (i == 0 ? 1 + random.nextInt(9) : random.nextInt(10))));
        }
        return text.toString();
    }
}
