@NullMarked
package city.elicence.node.wire;

import org.jspecify.annotations.NullMarked;
