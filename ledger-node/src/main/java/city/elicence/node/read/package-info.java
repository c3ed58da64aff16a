/** Reads, answered from the last committed state with proofs. */
@NullMarked
package city.elicence.node.read;

import org.jspecify.annotations.NullMarked;
