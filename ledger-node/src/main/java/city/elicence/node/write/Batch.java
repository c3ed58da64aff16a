package city.elicence.node.write;

import city.elicence.node.books.Books;
import city.elicence.node.books.Committed;
import city.elicence.node.kind.AcceptanceCheck;
import city.elicence.node.kind.WriteKind;
import city.elicence.node.kind.WriteKinds;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.Signatures;
import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The writes of one flush, each checked against the state after those before it. */
final class Batch {
    private final Books books;
    private final long time;
    private final List<LedgerStore.Entry> entries = new ArrayList<>();
    private final Map<String, LedgerStore.Entry> byPayload = new HashMap<>();
    private final Map<LedgerId, Long> sizes = new EnumMap<>(LedgerId.class);
    private State state;

    Batch(Books books, long time) {
        this.books = books;
        this.time = time;
        Committed committed = books.committed();
        this.state = committed.state();
        for (LedgerId ledger : LedgerId.values()) {
            sizes.put(ledger, committed.size(ledger));
        }
    }

    State state() {
        return state;
    }

    List<LedgerStore.Entry> entries() {
        return entries;
    }

    Outcome add(WriteLane.Pending pending) throws IOException {
        Request request = pending.request();
        String payload = request.payloadDigest();
        // The same request again gets the same answer: a client that lost the first one asks so.
        Optional<LedgerStore.Entry> earlier =
                Optional.ofNullable(byPayload.get(payload)).or(Optional::empty);
        if (earlier.isEmpty()) {
            earlier = books.store().findByPayload(payload);
        }
        if (earlier.isPresent()) {
            return new Outcome.Written(earlier.get().ledger(), earlier.get().txn());
        }
        try {
            WriteKind kind = WriteKinds.of(request.type()).orElseThrow();
            if (!Signatures.stillHold(pending.keys(), request, state)) {
                throw Refusal.rejected("the key of a signature was changed while the request waited");
            }
            if (kind.ledger() == LedgerId.DOMAIN) {
                AcceptanceCheck.check(request, state, time);
            }
            kind.check(request, state);
            return written(request, kind, payload);
        } catch (Refusal refusal) {
            return new Outcome.Refused(refusal);
        }
    }

    private Outcome written(Request request, WriteKind kind, String payload) {
        LedgerId ledger = kind.ledger();
        long seqNo = Objects.requireNonNull(sizes.get(ledger)) + 1;
        Txn txn = TxnText.of(request, kind, payload, seqNo, time);
        state = kind.apply(txn, state);
        sizes.put(ledger, seqNo);
        LedgerStore.Entry entry = new LedgerStore.Entry(ledger, txn);
        entries.add(entry);
        byPayload.put(payload, entry);
        return new Outcome.Written(ledger, txn);
    }
}
