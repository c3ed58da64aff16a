/** The form and check digits of the numbers that licences carry, one class a standard. */
@NullMarked
package city.elicence.credentials.catalogue.check;

import org.jspecify.annotations.NullMarked;
