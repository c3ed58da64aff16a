/** The ledger in the words of the domain; the only module with native code. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger;
