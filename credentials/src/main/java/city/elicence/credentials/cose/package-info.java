/** COSE (RFC 9052): the few structures that mdoc and CWT are signed with. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.cose;
