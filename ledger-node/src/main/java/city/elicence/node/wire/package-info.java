/** The door for clients: CURVE over ZeroMQ, its limits, and an answer to every message. */
@NullMarked
package city.elicence.node.wire;

import org.jspecify.annotations.NullMarked;
