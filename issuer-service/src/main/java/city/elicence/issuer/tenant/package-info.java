/** Who issues, which types there are, and where: what every step needs to know and none changes but the registry. */
@NullMarked
package city.elicence.issuer.tenant;

import org.jspecify.annotations.NullMarked;
