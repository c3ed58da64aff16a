package city.elicence.credentials.mdoc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Chinese classes of vehicles as {@code driving_privileges} (ISO/IEC 18013-5 §7.2.4), whose codes are those of ISO/IEC
 * 18013-1 annex B. A class that has no counterpart there is left out: it stands in the domestic namespace.
 */
final class DrivingPrivileges {
    private static final String AUTOMATIC_ONLY = "78";

    private DrivingPrivileges() {}

    /** A category, and whether it is for vehicles with automatic transmission alone. */
    private record Category(String code, boolean automatic) {}

    static List<Object> of(List<?> classes) {
        Set<Category> categories = new LinkedHashSet<>();
        for (Object each : classes) {
            Category category = category(String.valueOf(each));
            if (category != null) {
                categories.add(category);
            }
        }
        List<Object> privileges = new ArrayList<>();
        for (Category category : categories) {
            Map<String, Object> privilege = new LinkedHashMap<>();
            privilege.put("vehicle_category_code", category.code());
            if (category.automatic()) {
                privilege.put("codes", List.of(Map.of("code", AUTOMATIC_ONLY)));
            }
            privileges.add(privilege);
        }
        return privileges;
    }

    private static @Nullable Category category(String chinese) {
        return switch (chinese) {
            case "A1", "A3" -> new Category("D", false);
            case "A2" -> new Category("CE", false);
            case "B1" -> new Category("D1", false);
            case "B2" -> new Category("C", false);
            case "C1" -> new Category("B", false);
            case "C2", "C5" -> new Category("B", true);
            case "C6" -> new Category("BE", false);
            case "D", "E" -> new Category("A", false);
            case "F" -> new Category("AM", false);
            default -> null;
        };
    }
}
