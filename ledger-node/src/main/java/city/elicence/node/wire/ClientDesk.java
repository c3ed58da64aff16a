package city.elicence.node.wire;

import city.elicence.node.books.Books;
import city.elicence.node.health.Metrics;
import city.elicence.node.health.Metrics.Count;
import city.elicence.node.keys.Base58;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.read.Reads;
import city.elicence.node.request.ClientMessage;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.RequestDecoder;
import city.elicence.node.request.Signatures;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import city.elicence.node.write.Outcome;
import city.elicence.node.write.WriteLane;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each message to where it is answered. Every message gets an answer: a silent node costs a client five seconds. */
public final class ClientDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ClientDesk.class);
    /** Who did what kind of thing with which end; nothing of what it was about. */
    private static final Logger OPERATIONS = LoggerFactory.getLogger("city.elicence.node.operations");

    private final Books books;
    private final Reads reads;
    private final WriteLane lane;
    private final Catchup catchup;
    private final Metrics metrics;

    public ClientDesk(Books books, Reads reads, WriteLane lane, Metrics metrics) {
        this.metrics = metrics;
        this.books = books;
        this.reads = reads;
        this.lane = lane;
        this.catchup = new Catchup(books);
    }

    /** Answers, now or when a write has been made. */
    public void handle(byte[] message, Consumer<byte[]> answer) {
        try {
            switch (RequestDecoder.decode(message)) {
                case ClientMessage.Ping ping -> answer.accept(Replies.PONG);
                case ClientMessage.LedgerStatus status -> answer.accept(Replies.bytes(catchup.status(status)));
                case ClientMessage.CatchupRequest request -> {
                    answer.accept(Replies.bytes(catchup.transactions(request)));
                    metrics.add(Count.CATCH_UPS);
                }
                case ClientMessage.Operation operation -> operation(operation.request(), answer);
                case ClientMessage.Unexpected unexpected ->
                    throw Refusal.invalid("a node of this ledger does not take " + unexpected.op() + " from clients");
            }
        } catch (RequestDecoder.Undecodable e) {
            metrics.add(Count.REFUSED);
            answer.accept(Replies.refused(e.reqId().or(() -> ReqIdScan.find(message)), e.identifier(), e.refusal()));
        } catch (Refusal refusal) {
            answer.accept(Replies.refused(Optional.empty(), Optional.empty(), refusal));
        } catch (IOException | RuntimeException e) {
            metrics.add(Count.FAILURES);
            LOG.error("a message could not be answered", e);
            answer.accept(Replies.refused(
                    Optional.empty(), Optional.empty(), Refusal.unavailable("an error of its own; see its log")));
        }
    }

    private void operation(Request request, Consumer<byte[]> answer) {
        try {
            if (reads.knows(request.type())) {
                // Reads need no signature; one that is there must be right.
                Signatures.check(request, books.committed().state());
                byte[] reply = Replies.reply(reads.result(request));
                metrics.add(Count.READS);
                answer.accept(reply);
            } else {
                WriteLane.checkForm(request);
                Map<String, String> keys =
                        Signatures.checkWrite(request, books.committed().state());
                write(request, keys, answer);
            }
        } catch (Refusal refusal) {
            refuse(request, refusal, answer);
        } catch (IOException | RuntimeException e) {
            metrics.add(Count.FAILURES);
            LOG.error("a request of type {} could not be answered", request.type(), e);
            answer.accept(Replies.refused(request, Refusal.unavailable("an error of its own; see its log")));
        }
    }

    private void write(Request request, Map<String, String> keys, Consumer<byte[]> answer) throws Refusal {
        // The acknowledgement goes first: the reply may come at any moment after.
        if (lane.full()) {
            throw Refusal.unavailable("too many writes wait");
        }
        answer.accept(Replies.acknowledged(request));
        boolean taken = lane.offer(new WriteLane.Pending(request, keys, outcome -> {
            switch (outcome) {
                case Outcome.Written written -> {
                    OPERATIONS.info(
                            "{} by {} is transaction {} of {}",
                            request.type(),
                            request.identifier(),
                            written.txn().seqNo(),
                            written.ledger());
                    answerWritten(written, answer);
                }
                case Outcome.Refused refused -> refuse(request, refused.refusal(), answer);
                case Outcome.Unknown unknown -> {
                    OPERATIONS.error("{} by {} has an unknown outcome", request.type(), request.identifier());
                    metrics.add(Count.UNKNOWN);
                }
            }
        }));
        if (!taken) {
            throw Refusal.unavailable("too many writes wait");
        }
    }

    /** The reason may quote what was sent, so it goes to the sender only. */
    private void refuse(Request request, Refusal refusal, Consumer<byte[]> answer) {
        OPERATIONS.info("{} by {} refused ({})", request.type(), request.identifier(), refusal.stage());
        metrics.add(Count.REFUSED);
        answer.accept(Replies.refused(request, refusal));
    }

    private void answerWritten(Outcome.Written written, Consumer<byte[]> answer) {
        metrics.add(Count.WRITES);
        try {
            answer.accept(Replies.reply(writtenResult(books.store(), written.ledger(), written.txn())));
        } catch (IOException | RuntimeException e) {
            // It is on disk: to say anything else than that would be wrong, and the proof is all that is missing.
            LOG.error(
                    "the proof of transaction {} could not be read",
                    written.txn().seqNo(),
                    e);
            answer.accept(Replies.reply(written.txn().tree()));
        }
    }

    /** The transaction with its place in the tree as it was right after it: the same whenever it is asked for. */
    static Map<String, Object> writtenResult(LedgerStore store, LedgerId ledger, Txn txn) throws IOException {
        long seqNo = txn.seqNo();
        Map<String, Object> result = new LinkedHashMap<>(txn.tree());
        result.put("rootHash", Base58.encode(store.tree(ledger).root(seqNo)));
        result.put(
                "auditPath",
                store.tree(ledger).inclusion(seqNo - 1, seqNo).stream()
                        .<Object>map(Base58::encode)
                        .toList());
        return result;
    }
}
