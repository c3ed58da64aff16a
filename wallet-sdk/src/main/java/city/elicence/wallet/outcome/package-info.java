/** How a wallet's step ends: done, or refused for a reason that people can read. */
@NullMarked
package city.elicence.wallet.outcome;

import org.jspecify.annotations.NullMarked;
