/** Health and metrics for the operator, over HTTP. */
@NullMarked
package city.elicence.node.health;

import org.jspecify.annotations.NullMarked;
