/** What a company states and cannot take back: its statements' digests in a log whose head is anchored. */
@NullMarked
package city.elicence.company.statement;

import org.jspecify.annotations.NullMarked;
