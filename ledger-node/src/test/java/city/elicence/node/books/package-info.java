@NullMarked
package city.elicence.node.books;

import org.jspecify.annotations.NullMarked;
