/** Follows the ledger and knows who is trusted for what, also while the ledger does not answer. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.view;
