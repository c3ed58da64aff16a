/** How a citizen shows who they are: our own counter codes, or a city's identity platform behind the same interface. */
@NullMarked
package city.elicence.issuer.citizen;

import org.jspecify.annotations.NullMarked;
