/** What the wallet keeps: licences, unfinished receipts, history. */
@NullMarked
package city.elicence.wallet.store;

import org.jspecify.annotations.NullMarked;
