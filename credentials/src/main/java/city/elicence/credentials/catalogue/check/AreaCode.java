package city.elicence.credentials.catalogue.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Administrative division codes (GB/T 2260): only the province is checked, since counties come and go. */
final class AreaCode {
    /** 81, 82 and 83 stand for Hong Kong, Macao and Taiwan in the numbers of residence permits. */
    private static final Set<String> PROVINCES = Collections.unmodifiableSet(new HashSet<>(
            Arrays.asList(("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
                            + "61 62 63 64 65 71 81 82 83")
                    .split(" "))));

    private AreaCode() {}

    static boolean startsKnown(String number) {
        return number.length() >= 2 && PROVINCES.contains(number.substring(0, 2));
    }
}
