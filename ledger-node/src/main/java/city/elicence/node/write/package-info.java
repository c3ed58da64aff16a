/** Writes, one lane: checked against the state, put on disk together, then answered. */
@NullMarked
package city.elicence.node.write;

import org.jspecify.annotations.NullMarked;
