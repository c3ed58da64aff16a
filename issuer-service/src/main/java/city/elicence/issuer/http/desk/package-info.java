/** The clerk's addresses: orders, acts, applications, registers. */
@NullMarked
package city.elicence.issuer.http.desk;

import org.jspecify.annotations.NullMarked;
