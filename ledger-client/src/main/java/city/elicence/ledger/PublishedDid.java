package city.elicence.ledger;

import city.elicence.credentials.trust.Did;
import java.time.Instant;

/**
 * A DID as the ledger has it.
 *
 * @param did the DID
 * @param verkey its Ed25519 public key, base58, in full; empty when it has none
 * @param role what it may write for others
 * @param writer who published it; itself for those that came with the ledger
 * @param seqNo transaction that published or last changed it
 * @param at when; the epoch for those that came with the ledger
 */
public record PublishedDid(Did did, String verkey, LedgerRole role, Did writer, long seqNo, Instant at) {}
