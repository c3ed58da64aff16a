/** A small town to test a wallet in: issuers and verifiers written from the texts, a ledger, a network that can fail. */
@org.jspecify.annotations.NullMarked
package city.elicence.wallet.town;
