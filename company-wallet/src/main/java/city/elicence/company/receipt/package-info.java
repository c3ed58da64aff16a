/** What is left of every use: a signed receipt, brought to the parties. */
@NullMarked
package city.elicence.company.receipt;

import org.jspecify.annotations.NullMarked;
