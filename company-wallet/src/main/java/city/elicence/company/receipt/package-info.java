/** What is left of every use: a signed receipt, its digest in a log whose head is anchored, brought to the parties. */
@NullMarked
package city.elicence.company.receipt;

import org.jspecify.annotations.NullMarked;
