/** The checks by name, and the one table of refusals: for wallet, verifier, issuer and documents alike. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.verify.refusal;
