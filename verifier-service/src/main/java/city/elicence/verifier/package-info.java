/** Checks licences: request, response, decide, audit. */
@org.jspecify.annotations.NullMarked
package city.elicence.verifier;
