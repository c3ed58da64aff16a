/** The demo phone: a web page that is a holder's wallet, built on wallet-sdk; a stand-in where there is no phone. */
@NullMarked
package city.elicence.city.phone;

import org.jspecify.annotations.NullMarked;
