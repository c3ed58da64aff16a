/** Selective disclosure by RFC 9901, and the rules that SD-JWT VC adds for licences. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.sdjwt;
