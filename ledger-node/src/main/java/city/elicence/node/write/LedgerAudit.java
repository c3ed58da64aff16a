package city.elicence.node.write;

import city.elicence.node.kind.AcceptanceCheck;
import city.elicence.node.kind.WriteKind;
import city.elicence.node.kind.WriteKinds;
import city.elicence.node.request.ClientMessage;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.RequestDecoder;
import city.elicence.node.request.Signatures;
import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a ledger again from its first transaction: each request is put together again from its transaction, its signatures checked
 * against the keys that the ledger had then, and its right to do what it did against the rules that held then.
 */
public final class LedgerAudit {
    private static final int MAX_PROBLEMS = 20;
    private static final Set<String> NOT_REQUESTED = Set.of("from", "payloadDigest", "digest");

    private final Map<LedgerId, List<Txn>> genesis;
    private final Map<LedgerId, Long> counts = new EnumMap<>(LedgerId.class);
    private final List<String> problems = new ArrayList<>();
    private State state = WriteKinds.initialState();
    private long lastTime;

    public LedgerAudit(List<Txn> poolGenesis, List<Txn> domainGenesis) {
        this.genesis = Map.of(LedgerId.POOL, poolGenesis, LedgerId.DOMAIN, domainGenesis, LedgerId.CONFIG, List.of());
    }

    public void check(LedgerId ledger, Txn txn) {
        long seqNo = counts.merge(ledger, 1L, Long::sum);
        List<Txn> first = genesis.getOrDefault(ledger, List.of());
        if (seqNo <= first.size()) {
            if (!first.get((int) seqNo - 1).equals(txn)) {
                problem(ledger, seqNo, "is not the one of the genesis file");
            }
        } else {
            checkRequest(ledger, txn, seqNo);
        }
        state = WriteKinds.applied(txn, state);
        lastTime = Math.max(lastTime, txn.time());
    }

    private void checkRequest(LedgerId ledger, Txn txn, long seqNo) {
        try {
            Request request = request(txn);
            WriteKind kind = WriteKinds.of(request.type()).orElseThrow();
            WriteLane.checkForm(request);
            Signatures.checkWrite(request, state);
            kind.check(request, state);
            if (ledger == LedgerId.DOMAIN) {
                AcceptanceCheck.check(request, state, txn.time());
            }
            if (kind.ledger() != ledger || txn.seqNo() != seqNo || txn.time() < lastTime) {
                problem(ledger, seqNo, "stands in another place or time than its own");
            }
            if (!request.payloadDigest().equals(txn.metadata().get("payloadDigest"))) {
                problem(ledger, seqNo, "has another digest than its request");
            }
        } catch (Refusal refusal) {
            problem(ledger, seqNo, "would be refused: " + refusal.reason());
        } catch (RequestDecoder.Undecodable | RuntimeException e) {
            problem(ledger, seqNo, "holds no request");
        }
    }

    /** The request as the client sent it, as far as it was signed. */
    private static Request request(Txn txn) throws RequestDecoder.Undecodable {
        Map<String, Object> operation = new LinkedHashMap<>(txn.data());
        operation.put("type", txn.type());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("identifier", txn.from().orElse(""));
        txn.metadata().forEach((name, value) -> {
            if (!NOT_REQUESTED.contains(name)) {
                tree.put(name, value);
            }
        });
        tree.put("protocolVersion", 2L);
        tree.put("operation", operation);
        Map<String, Object> signatures = new LinkedHashMap<>();
        if (txn.tree().get("reqSignature") instanceof Map<?, ?> signature
                && signature.get("values") instanceof List<?> values) {
            for (Object value : values) {
                if (value instanceof Map<?, ?> one && one.get("from") instanceof String did) {
                    signatures.put(did, String.valueOf(one.get("value")));
                }
            }
        }
        tree.put("signatures", signatures);
        byte[] message = city.elicence.credentials.json.Json.write(tree).getBytes(StandardCharsets.UTF_8);
        if (RequestDecoder.decode(message) instanceof ClientMessage.Operation decoded) {
            return decoded.request();
        }
        throw new IllegalArgumentException("not a request");
    }

    private void problem(LedgerId ledger, long seqNo, String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("transaction " + seqNo + " of the " + ledger + " ledger " + what);
        }
    }

    /** What was found wrong, at most {@value #MAX_PROBLEMS} things; empty when all is right. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    public long count(LedgerId ledger) {
        return counts.getOrDefault(ledger, 0L);
    }

    public State state() {
        return state;
    }
}
