package city.elicence.web;

import city.elicence.credentials.staff.StaffRole;
import org.jspecify.annotations.Nullable;

/**
 * A member of staff, or a script, that a {@link StaffDoor} let in.
 *
 * @param office the one office (a tenant's id) that they work for, or null for every office of the city
 */
public record Staff(
        String subject, StaffRole role, @Nullable String office) {
    /** Whether they may act for that office. */
    public boolean worksFor(String tenant) {
        return office == null || office.equals(tenant);
    }
}
