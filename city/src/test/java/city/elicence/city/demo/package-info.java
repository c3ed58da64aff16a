/** Wallets of this machine, at the real issuer. */
@NullMarked
package city.elicence.city.demo;

import org.jspecify.annotations.NullMarked;
