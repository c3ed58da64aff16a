@NullMarked
package city.elicence.node.ledger;

import org.jspecify.annotations.NullMarked;
