/** Who may do what in a company's name: granted, looked up, taken back. */
@NullMarked
package city.elicence.company.mandate;

import org.jspecify.annotations.NullMarked;
