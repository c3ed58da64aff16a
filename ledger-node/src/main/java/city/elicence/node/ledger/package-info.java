/** The log of transactions on disk, its Merkle trees, and recovery after a crash. */
@NullMarked
package city.elicence.node.ledger;

import org.jspecify.annotations.NullMarked;
