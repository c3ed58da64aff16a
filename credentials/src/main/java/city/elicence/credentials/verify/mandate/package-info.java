/** Who may act for a company: mandates chained to its business licence, and how many must sign. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.verify.mandate;
