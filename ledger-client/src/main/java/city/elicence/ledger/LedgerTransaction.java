package city.elicence.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One transaction as it stands on the ledger, and the path that proves it does (RFC 6962 hashing, base58).
 *
 * @param seqNo its number; the first is 1
 * @param type number of its type: "1" NYM, "100" ATTRIB, "101" SCHEMA and others
 * @param from base58 identifier of the DID that wrote it; empty for the first ones, which came with the ledger
 * @param at when it was written; the epoch for those
 * @param data what it says ({@code txn.data})
 * @param content the whole transaction as the ledger hashes it
 * @param ledgerSize number of transactions in the tree that the path leads to
 * @param rootHash root of that tree
 * @param auditPath hashes from the leaf to the root
 */
public record LedgerTransaction(
        long seqNo,
        String type,
        String from,
        Instant at,
        Map<String, Object> data,
        Map<String, Object> content,
        long ledgerSize,
        String rootHash,
        List<String> auditPath) {

    public LedgerTransaction {
        auditPath = List.copyOf(auditPath);
    }
}
