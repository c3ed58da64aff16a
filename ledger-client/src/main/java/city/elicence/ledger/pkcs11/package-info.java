/** Keys of ledger DIDs in a hardware security module, by PKCS #11 2.40 with the Ed25519 mechanism of 3.0. */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.pkcs11;
