@NullMarked
package city.elicence.node.keys;

import org.jspecify.annotations.NullMarked;
