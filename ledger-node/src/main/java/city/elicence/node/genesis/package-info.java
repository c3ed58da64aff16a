/** The first transactions of a ledger, and the ceremony that makes them. */
@NullMarked
package city.elicence.node.genesis;

import org.jspecify.annotations.NullMarked;
