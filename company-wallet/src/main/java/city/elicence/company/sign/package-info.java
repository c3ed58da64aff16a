/** The company's own key, bound to its business licence, and the status list that it signs. */
@NullMarked
package city.elicence.company.sign;

import org.jspecify.annotations.NullMarked;
