/** The birth of a licence: its row, the words it is found by, and what its birth does to other licences. */
@NullMarked
package city.elicence.issuer.order;

import org.jspecify.annotations.NullMarked;
