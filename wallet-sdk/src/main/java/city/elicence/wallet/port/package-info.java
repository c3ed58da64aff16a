/** What the phone or the machine lends to the wallet: network, keys, storage. */
@NullMarked
package city.elicence.wallet.port;

import org.jspecify.annotations.NullMarked;
