/** How the domain's words are written as Indy transactions and read back from Indy's replies; used by every implementation. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.indy;
