@NullMarked
package city.elicence.node.request;

import org.jspecify.annotations.NullMarked;
