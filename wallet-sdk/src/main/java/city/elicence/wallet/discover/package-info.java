/** What an offer, an issuer and an authorization server say of themselves, read and checked. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.discover;
