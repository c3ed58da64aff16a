/** From an offer to a licence in the wallet: OpenID4VCI 1.0 with HAIP 1.0. */
@NullMarked
package city.elicence.wallet.receive;

import org.jspecify.annotations.NullMarked;
