/** The ledgers and the state that follows from them, opened together and published together. */
@NullMarked
package city.elicence.node.books;

import org.jspecify.annotations.NullMarked;
