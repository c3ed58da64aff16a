/** Licence types as data: what a type's one file says, what it checks, what it derives, how it describes itself to others. */
@NullMarked
package city.elicence.credentials.catalogue;

import org.jspecify.annotations.NullMarked;
