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
import java.util.concurrent.locks.ReentrantLock;
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

    private static final Proof UNPROVEN = (proofs, result) -> null;

    private static final Duration LEARN_EVERY = Duration.ofMinutes(5);

    private final ZContext context = new ZContext(1);
    private final ZmqSettings settings;
    private final Clock clock;
    private final AtomicLong lastRequest = new AtomicLong(System.currentTimeMillis() * 1_000_000);
    private final ReentrantLock learning = new ReentrantLock();
    private volatile View view;
    private volatile long learnedAt;

    /** Whom to ask, and whose signatures count. */
    private record View(GenesisPool pool, List<NodeLink> links, Proofs proofs) {}

    ProvenQueries(GenesisPool pool, ZmqSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.view = view(pool, List.of());
        this.learnedAt = System.nanoTime() - LEARN_EVERY.toNanos();
    }

    private View view(GenesisPool pool, List<NodeLink> known) {
        List<NodeLink> links = new ArrayList<>();
        for (GenesisPool.Node node : pool.nodes()) {
            links.add(known.stream()
                    .filter(link -> link.node().equals(node))
                    .findFirst()
                    .orElseGet(() -> new NodeLink(context, node)));
        }
        return new View(pool, links, new Proofs(new SignedRoots(pool, settings.maxProofAge(), clock)));
    }

    @Override
    public Fields nym(String dest) throws LedgerException {
        return ask(Map.of("type", "105", "dest", dest), (proofs, result) -> proofs.nym(dest, result));
    }

    @Override
    public Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException {
        Map<String, Object> operation = new HashMap<>(Map.of("type", "104", "dest", dest, "raw", name));
        if (asOf != null) {
            // The past has no proof of its own: whoever asks compares the digest with the transaction's.
            operation.put("seqNo", (long) asOf);
            return ask(operation, UNPROVEN);
        }
        return ask(operation, (proofs, result) -> proofs.attribute(dest, name, result));
    }

    @Override
    public Fields schema(String author, String name, String version) throws LedgerException {
        return ask(
                Map.of("type", "107", "dest", author, "data", Map.of("name", name, "version", version)),
                (proofs, result) -> proofs.schema(author, name, version, result));
    }

    @Override
    public Fields transaction(int seqNo) throws LedgerException {
        return ask(
                Map.of("type", "3", "ledgerId", 1L, "data", (long) seqNo),
                (proofs, result) -> result.map().get("data") == null ? null : proofs.transaction(seqNo, result));
    }

    private Fields ask(Map<String, Object> operation, Proof proof) throws LedgerException {
        View before = view;
        Fields answer;
        try {
            answer = ask(before, operation, proof, before.pool().tolerated() + 1);
        } catch (LedgerException e) {
            // The nodes may have other keys by now than those that are known here.
            if (e.reason() != Reason.NOT_TRUSTWORTHY) {
                throw e;
            }
            learn();
            View now = view;
            if (now.pool().transactions().size() == before.pool().transactions().size()) {
                throw e;
            }
            return ask(now, operation, proof, now.pool().tolerated() + 1);
        }
        if (System.nanoTime() - learnedAt > LEARN_EVERY.toNanos()) {
            learn();
        }
        return answer;
    }

    /**
     * Asks for what came on the ledger of nodes since. It has no proof, so that as many nodes must agree as must sign a root: fewer could
     * put others in their place.
     */
    private void learn() {
        learning.lock();
        try {
            learnedAt = System.nanoTime();
            while (true) {
                View now = view;
                long next = now.pool().transactions().size() + 1L;
                Fields answer = ask(
                        now,
                        Map.of("type", "3", "ledgerId", 0L, "data", next),
                        UNPROVEN,
                        now.pool().nodes().size() - now.pool().tolerated());
                if (answer.map().get("data") == null) {
                    return;
                }
                View later = view(now.pool().after(answer.fields("data")), now.links());
                view = later;
                now.links().stream()
                        .filter(link -> !later.links().contains(link))
                        .forEach(NodeLink::close);
            }
        } catch (LedgerException | JsonException | IllegalArgumentException e) {
            LOG.warn("the list of the pool's nodes could not be brought up to date: {}", e.getMessage());
        } finally {
            learning.unlock();
        }
    }

    private Fields ask(View now, Map<String, Object> operation, Proof proof, int agreeing) throws LedgerException {
        List<NodeLink> order = new ArrayList<>(now.links());
        Collections.shuffle(order);
        Map<Object, Integer> unproven = new HashMap<>();
        LedgerException last = new LedgerException(Reason.UNREACHABLE, "no node answered");
        for (NodeLink link : order) {
            try {
                Fields result = ask(link, operation);
                Fields proven = proof.check(now.proofs(), result);
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
            return link.ask(request, requestId, settings.answerWithin());
        } catch (LedgerException e) {
            if (e.reason() != Reason.UNREACHABLE) {
                throw e;
            }
            // Once more on a new connection: a node that was restarted does not know the old one.
            return link.ask(request, requestId, settings.answerWithin());
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
        Fields check(Proofs proofs, Fields result) throws JsonException;
    }
}
