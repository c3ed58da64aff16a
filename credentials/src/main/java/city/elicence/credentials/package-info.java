/** What issuer, wallet and verifier must agree on, byte for byte: no I/O, no clock, no framework. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials;
