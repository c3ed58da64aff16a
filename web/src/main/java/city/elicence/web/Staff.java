package city.elicence.web;

import city.elicence.credentials.staff.StaffRole;

/** A member of staff, or a script, that a {@link StaffDoor} let in. */
public record Staff(String subject, StaffRole role) {}
