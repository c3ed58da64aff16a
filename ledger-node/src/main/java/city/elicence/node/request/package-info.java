/** A client's request: decoded, its signed text, its signatures, and who may ask for what. */
@NullMarked
package city.elicence.node.request;

import org.jspecify.annotations.NullMarked;
