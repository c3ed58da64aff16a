/** What is kept of a company: rows, its sealed records, its wallet. */
@NullMarked
package city.elicence.company.keep;

import org.jspecify.annotations.NullMarked;
