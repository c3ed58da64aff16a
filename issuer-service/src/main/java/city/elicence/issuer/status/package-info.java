/** Step 5: the status of what was issued, as Token Status Lists, and its change by a clerk. */
@NullMarked
package city.elicence.issuer.status;

import org.jspecify.annotations.NullMarked;
