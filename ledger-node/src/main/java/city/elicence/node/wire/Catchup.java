package city.elicence.node.wire;

import city.elicence.node.books.Books;
import city.elicence.node.books.Committed;
import city.elicence.node.keys.Base58;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.ledger.MerkleTape;
import city.elicence.node.request.ClientMessage;
import city.elicence.node.request.Refusal;
import city.elicence.node.txn.LedgerId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings a client's copy of a ledger up to date: how far it is behind, the proof that its copy is a beginning, and the rest. */
final class Catchup {
    private static final long MAX_TRANSACTIONS = 1_000;

    private final Books books;

    Catchup(Books books) {
        this.books = books;
    }

    /** The node's own status to a client that is level, and a consistency proof to one that is behind. */
    Map<String, Object> status(ClientMessage.LedgerStatus theirs) throws IOException, Refusal {
        LedgerId ledger = ledger(theirs.ledgerId());
        Committed world = books.committed();
        long size = world.size(ledger);
        MerkleTape tree = books.store().tree(ledger);
        boolean behind = theirs.size() > 0
                && theirs.size() < size
                && Base58.encode(tree.root(theirs.size())).equals(theirs.root());
        if (!behind) {
            return ownStatus(ledger, size, tree);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", "CONSISTENCY_PROOF");
        message.put("ledgerId", (long) ledger.number());
        message.put("seqNoStart", theirs.size());
        message.put("seqNoEnd", size);
        message.put("viewNo", 0L);
        message.put("ppSeqNo", 0L);
        message.put("oldMerkleRoot", theirs.root());
        message.put("newMerkleRoot", Base58.encode(tree.root(size)));
        message.put("hashes", base58(tree.consistency(theirs.size(), size)));
        return message;
    }

    @SuppressWarnings("NullAway") // there are no views, and their fields are JSON null
    private static Map<String, Object> ownStatus(LedgerId ledger, long size, MerkleTape tree) throws IOException {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", "LEDGER_STATUS");
        message.put("txnSeqNo", size);
        message.put("merkleRoot", Base58.encode(tree.root(size)));
        message.put("ledgerId", (long) ledger.number());
        message.put("ppSeqNo", null);
        message.put("viewNo", null);
        message.put("protocolVersion", 2L);
        return message;
    }

    Map<String, Object> transactions(ClientMessage.CatchupRequest request) throws IOException, Refusal {
        LedgerId ledger = ledger(request.ledgerId());
        LedgerStore store = books.store();
        long size = books.committed().size(ledger);
        if (request.from() < 1
                || request.to() < request.from()
                || request.till() < request.to()
                || request.till() > size
                || request.to() - request.from() >= MAX_TRANSACTIONS) {
            throw Refusal.invalid(
                    "catch-up: expected at most " + MAX_TRANSACTIONS + " transactions within 1 to " + size);
        }
        Map<String, Object> txns = new LinkedHashMap<>();
        for (long seqNo = request.from(); seqNo <= request.to(); seqNo++) {
            txns.put(
                    Long.toString(seqNo),
                    store.read(ledger, seqNo).orElseThrow().tree());
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("op", "CATCHUP_REP");
        message.put("ledgerId", (long) ledger.number());
        message.put("txns", txns);
        message.put("consProof", base58(store.tree(ledger).consistency(request.to(), request.till())));
        return message;
    }

    private static LedgerId ledger(long number) throws Refusal {
        return LedgerId.of(number).orElseThrow(() -> Refusal.invalid("ledgerId: expected 0, 1 or 2"));
    }

    private static List<Object> base58(List<byte[]> hashes) {
        return hashes.stream().<Object>map(Base58::encode).toList();
    }
}
