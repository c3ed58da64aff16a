package city.elicence.node.read;

import city.elicence.node.books.Committed;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** GET_TXN: a transaction with its place in the tree and the signature over the tree's root. */
final class TransactionReads {
    private final Proofs proofs;

    TransactionReads(Proofs proofs) {
        this.proofs = proofs;
    }

    Map<String, Object> transaction(Request request, Committed world) throws Refusal, IOException {
        LedgerId ledger = LedgerId.of(request.number("ledgerId").orElse((long) LedgerId.DOMAIN.number()))
                .orElseThrow(() -> Refusal.invalid("ledgerId: expected 0, 1 or 2"));
        long seqNo = request.requiredNumber("data");
        long size = world.size(ledger);
        Optional<Txn> txn = seqNo <= size ? proofs.store().read(ledger, seqNo) : Optional.empty();
        if (txn.isEmpty()) {
            return Proofs.plain(null, null, null);
        }
        Map<String, Object> data = new LinkedHashMap<>(txn.get().tree());
        data.put("ledgerSize", size);
        data.putAll(proofs.audit(ledger, seqNo, size));
        Map<String, Object> result = Proofs.plain(
                data, seqNo, txn.get().time() == 0 ? null : txn.get().time());
        result.put("state_proof", Map.of("multi_signature", proofs.multiSignature(world, ledger)));
        return result;
    }
}
