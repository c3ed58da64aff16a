/** The short-lived token with which a member of staff, or a script, is let into a service. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.staff;
