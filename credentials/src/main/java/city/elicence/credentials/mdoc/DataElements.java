package city.elicence.credentials.mdoc;

import city.elicence.credentials.catalogue.Mdoc;
import city.elicence.credentials.cbor.Tagged;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A licence's claims as the data elements of its mdoc, each with its CDDL type (ISO/IEC 18013-5 §7.2) and its salt. */
public final class DataElements {
    private static final int SALT_OCTETS = 32;

    private final Mdoc mdoc;
    private final String issuerName;
    private final SecureRandom random;

    /**
     * @param issuerName in Latin letters
     * @param random for salts, and for digest identifiers that say nothing about which element is which
     */
    public DataElements(Mdoc mdoc, String issuerName, SecureRandom random) {
        this.mdoc = mdoc;
        this.issuerName = issuerName;
        this.random = random;
    }

    /** Those elements for which the claims have something. */
    public Map<String, List<IssuerSignedItem>> of(Map<String, Object> claims) {
        Map<String, List<IssuerSignedItem>> nameSpaces = new LinkedHashMap<>();
        mdoc.namespaces().forEach((name, elements) -> {
            List<Long> digestIds = shuffled(elements.size());
            List<IssuerSignedItem> items = new ArrayList<>();
            for (Mdoc.Element element : elements) {
                Object value = value(element, claims);
                if (value != null) {
                    byte[] salt = new byte[SALT_OCTETS];
                    random.nextBytes(salt);
                    items.add(IssuerSignedItem.of(digestIds.get(items.size()), salt, element.name(), value));
                }
            }
            if (!items.isEmpty()) {
                nameSpaces.put(name, items);
            }
        });
        return nameSpaces;
    }

    private List<Long> shuffled(int size) {
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < size; id++) {
            ids.add(id);
        }
        Collections.shuffle(ids, random);
        return ids;
    }

    private @Nullable Object value(Mdoc.Element element, Map<String, Object> claims) {
        if (element.source() instanceof Mdoc.Source.Constant constant) {
            return encoded(element, constant.text());
        }
        if (element.source() instanceof Mdoc.Source.OfClaim claim) {
            List<@Nullable Object> found = claim.path().select(claims);
            Object value = found.isEmpty() ? null : found.get(0);
            return value == null ? null : encoded(element, value);
        }
        return encoded(element, issuerName);
    }

    private static Object encoded(Mdoc.Element element, Object value) {
        if (element.encoding() == Mdoc.Encoding.DRIVING_PRIVILEGES && value instanceof List<?> classes) {
            return DrivingPrivileges.of(classes);
        }
        if (value instanceof List<?> list) {
            List<Object> array = new ArrayList<>();
            for (Object each : list) {
                array.add(one(element, each));
            }
            return array;
        }
        return one(element, value);
    }

    private static Object one(Mdoc.Element element, Object value) {
        return switch (element.encoding()) {
            case TSTR -> String.valueOf(value);
            case FULL_DATE -> new Tagged(Tagged.FULL_DATE, String.valueOf(value));
            case TDATE -> new Tagged(Tagged.DATE_TIME, String.valueOf(value));
            case UINT -> typed(element, value, Long.class);
            case BOOL -> typed(element, value, Boolean.class);
            case BSTR -> octets(String.valueOf(value));
            case SEX -> value.equals("male") ? 1L : 2L;
            case DRIVING_PRIVILEGES -> throw unfit(element, value);
        };
    }

    private static Object typed(Mdoc.Element element, Object value, Class<?> type) {
        if (!type.isInstance(value)) {
            throw unfit(element, value);
        }
        return value;
    }

    /** A picture is a data URI among the claims. */
    private static byte[] octets(String dataUri) {
        return Base64.getDecoder().decode(dataUri.substring(dataUri.indexOf(',') + 1));
    }

    private static IllegalArgumentException unfit(Mdoc.Element element, Object value) {
        return new IllegalArgumentException(
                element.name() + ": " + element.encoding() + " cannot be made of " + value.getClass());
    }
}
