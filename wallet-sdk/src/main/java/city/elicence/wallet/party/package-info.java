/** Who is on the other side, and who vouches for them. */
@NullMarked
package city.elicence.wallet.party;

import org.jspecify.annotations.NullMarked;
