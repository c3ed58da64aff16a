/** The phones of a company's people: which key speaks for whom, and what it has signed. */
@NullMarked
package city.elicence.company.phone;

import org.jspecify.annotations.NullMarked;
