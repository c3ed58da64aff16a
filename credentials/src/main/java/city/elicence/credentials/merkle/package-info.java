/** An issuer's append-only log: RFC 9162 hashing, proofs, and the receipt that a wallet keeps. */
@org.jspecify.annotations.NullMarked
package city.elicence.credentials.merkle;
