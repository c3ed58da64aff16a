package city.elicence.ledger;

import city.elicence.credentials.trust.Did;

/** The key of a DID that writes to the ledger: a file, or a hardware module. The key itself never leaves it. */
public interface LedgerSigner {

    /** The DID that writes. */
    Did did();

    /** Its Ed25519 public key, base58. */
    String verkey();

    /**
     * Ed25519 signature (RFC 8032), 64 bytes.
     *
     * @throws IllegalStateException when the key can not be used now, such as a hardware module that does not answer
     */
    byte[] sign(byte[] input);
}
