/** PostgreSQL by blocking calls on virtual threads: rows in, rows out. */
@NullMarked
package city.elicence.issuer.store;

import org.jspecify.annotations.NullMarked;
