/** What a stranger can prove of the ledger, and what not, with nothing but its genesis file. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.audit;
