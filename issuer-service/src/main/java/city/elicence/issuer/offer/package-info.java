/** Step 2: a clerk's decision that someone gets a licence, and the offer by which a wallet comes for it. */
@NullMarked
package city.elicence.issuer.offer;

import org.jspecify.annotations.NullMarked;
