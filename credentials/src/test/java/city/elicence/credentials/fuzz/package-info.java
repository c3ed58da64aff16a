/** Parsers under arbitrary input. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.fuzz;
