/** How the wallet proves itself to an authorization server: DPoP, PKCE, wallet attestation. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.client;
