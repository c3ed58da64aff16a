/** A transaction and its ledgers, in the forms in which Indy keeps, hashes and signs them. */
@NullMarked
package city.elicence.node.txn;

import org.jspecify.annotations.NullMarked;
