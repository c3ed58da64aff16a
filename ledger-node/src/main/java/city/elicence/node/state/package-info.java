/** The state as an authenticated map: a Merkle-Patricia trie, its proofs, and its nodes on disk. */
@NullMarked
package city.elicence.node.state;

import org.jspecify.annotations.NullMarked;
