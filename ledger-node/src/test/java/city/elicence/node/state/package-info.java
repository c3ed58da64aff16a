@NullMarked
package city.elicence.node.state;

import org.jspecify.annotations.NullMarked;
