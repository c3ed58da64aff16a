/** A company's word in advance, signed by its own key: given, used, withdrawn. */
@NullMarked
package city.elicence.company.consent;

import org.jspecify.annotations.NullMarked;
