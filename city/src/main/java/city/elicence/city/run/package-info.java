/** A running city: ledger node, services, demo phone, portal, started and stopped in order. */
@NullMarked
package city.elicence.city.run;

import org.jspecify.annotations.NullMarked;
