/** What each type of transaction may do, who may write it when, and what it changes in the state. */
@NullMarked
package city.elicence.node.kind;

import org.jspecify.annotations.NullMarked;
