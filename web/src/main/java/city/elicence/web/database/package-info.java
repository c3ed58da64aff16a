/** A service's PostgreSQL: the embedded server, migrations, and the connection pool. */
@NullMarked
package city.elicence.web.database;

import org.jspecify.annotations.NullMarked;
