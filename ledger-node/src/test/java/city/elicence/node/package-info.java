@NullMarked
package city.elicence.node;

import org.jspecify.annotations.NullMarked;
