package city.elicence.ledger.zmq;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.indy.IndyQueries;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZContext;

/** Asks one node after the other until an answer is proven, or, where the protocol has no proof, until enough of them agree. */
final class ProvenQueries implements IndyQueries {

    private static final Logger LOG = LoggerFactory.getLogger(ProvenQueries.class);

    /** As libindy_vdr names itself when nobody signs: reads need no identity. */
    private static final String NOBODY = "LibindyDid111111111111";

    private static final long PROTOCOL_VERSION = 2;

    private final ZContext context = new ZContext(1);
    private final List<NodeLink> links = new ArrayList<>();
    private final Proofs proofs;
    private final int agreeing;
    private final Duration within;
    private final AtomicLong lastRequest = new AtomicLong(System.currentTimeMillis() * 1_000_000);

    ProvenQueries(GenesisPool pool, ZmqSettings settings, Clock clock) {
        pool.nodes().forEach(node -> links.add(new NodeLink(context, node)));
        this.proofs = new Proofs(new SignedRoots(pool, settings.maxProofAge(), clock));
        this.agreeing = pool.tolerated() + 1;
        this.within = settings.answerWithin();
    }

    @Override
    public Fields nym(String dest) throws LedgerException {
        return ask(Map.of("type", "105", "dest", dest), result -> proofs.nym(dest, result));
    }

    @Override
    public Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException {
        Map<String, Object> operation = new HashMap<>(Map.of("type", "104", "dest", dest, "raw", name));
        if (asOf != null) {
            // The past has no proof of its own: whoever asks compares the digest with the transaction's.
            operation.put("seqNo", (long) asOf);
            return ask(operation, result -> null);
        }
        return ask(operation, result -> proofs.attribute(dest, name, result));
    }

    @Override
    public Fields schema(String author, String name, String version) throws LedgerException {
        return ask(
                Map.of("type", "107", "dest", author, "data", Map.of("name", name, "version", version)),
                result -> proofs.schema(author, name, version, result));
    }

    @Override
    public Fields transaction(int seqNo) throws LedgerException {
        return ask(
                Map.of("type", "3", "ledgerId", 1L, "data", (long) seqNo),
                result -> result.map().get("data") == null ? null : proofs.transaction(seqNo, result));
    }

    private Fields ask(Map<String, Object> operation, Proof proof) throws LedgerException {
        List<NodeLink> order = new ArrayList<>(links);
        Collections.shuffle(order);
        Map<Object, Integer> unproven = new HashMap<>();
        LedgerException last = new LedgerException(Reason.UNREACHABLE, "no node answered");
        for (NodeLink link : order) {
            try {
                Fields result = ask(link, operation);
                Fields proven = proof.check(result);
                if (proven != null) {
                    return proven;
                }
                if (unproven.merge(content(result), 1, Integer::sum) >= agreeing) {
                    return result;
                }
            } catch (LedgerException e) {
                last = e;
            } catch (JsonException | IllegalArgumentException e) {
                LOG.warn("{} gave an answer that it can not prove: {}", link.alias(), e.getMessage());
                last = new LedgerException(
                        Reason.NOT_TRUSTWORTHY, link.alias() + " can not prove its answer: " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private Fields ask(NodeLink link, Map<String, Object> operation) throws LedgerException {
        long requestId = lastRequest.incrementAndGet();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("identifier", NOBODY);
        request.put("operation", operation);
        request.put("protocolVersion", PROTOCOL_VERSION);
        request.put("reqId", requestId);
        try {
            return link.ask(request, requestId, within);
        } catch (LedgerException e) {
            if (e.reason() != Reason.UNREACHABLE) {
                throw e;
            }
            // Once more on a new connection: a node that was restarted does not know the old one.
            return link.ask(request, requestId, within);
        }
    }

    /** What two nodes must say alike. */
    private static Object content(Fields result) {
        Map<String, Object> content = new HashMap<>(result.map());
        content.keySet().removeAll(List.of("reqId", "state_proof"));
        return content;
    }

    @Override
    public void close() {
        context.close();
    }

    /** Gives what is proven, null when there can be no proof, and throws when there is one that does not hold. */
    private interface Proof {
        @Nullable
        Fields check(Fields result) throws JsonException;
    }
}
