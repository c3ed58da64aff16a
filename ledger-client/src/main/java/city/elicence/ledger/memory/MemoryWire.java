package city.elicence.ledger.memory;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.IndyTransactions;
import city.elicence.ledger.indy.IndyWire;
import city.elicence.ledger.indy.IndyWrite;
import city.elicence.ledger.indy.MessagePack;
import city.elicence.ledger.indy.Sha256;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers the questions of the Indy protocol from a list of transactions; no signatures. */
final class MemoryWire implements IndyWire {

    private record Request(String from, IndyWrite write) {}

    private final Clock clock;
    private final List<Map<String, Object>> transactions = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private final Map<String, Map<String, Object>> nyms = new HashMap<>();
    private final Map<String, TreeMap<Integer, String>> attributes = new HashMap<>();
    private final Map<String, Integer> schemas = new HashMap<>();
    private final Map<String, Request> signed = new HashMap<>();
    private final Map<String, WriteOutcome> answered = new HashMap<>();
    private Fault fault = Fault.NONE;
    private boolean lost;

    MemoryWire(Clock clock) {
        this.clock = clock;
    }

    synchronized void fault(Fault next) {
        fault = next;
        lost = false;
    }

    synchronized void genesis(String id, String verkey) {
        apply(id, new IndyWrite.Nym(id, verkey, LedgerRole.TRUSTEE));
    }

    @Override
    public synchronized String sign(IndyWrite write, LedgerSigner by) {
        String request = "request " + (signed.size() + 1);
        signed.put(request, new Request(by.did().base58(), write));
        return request;
    }

    @Override
    public synchronized WriteOutcome send(String signedRequest) {
        if (fault == Fault.UNREACHABLE) {
            return new WriteOutcome.Unknown("switched off by the test");
        }
        if (fault == Fault.REFUSING) {
            return new WriteOutcome.Refused("refusing everything");
        }
        WriteOutcome outcome = answered.get(signedRequest);
        if (outcome == null) {
            outcome = handle(signedRequest);
            answered.put(signedRequest, outcome);
        }
        if (fault == Fault.ANSWER_LOST) {
            lost = true;
            return new WriteOutcome.Unknown("the answer was lost");
        }
        return outcome;
    }

    private WriteOutcome handle(String signedRequest) {
        Request request = signed.get(signedRequest);
        if (request == null) {
            return new WriteOutcome.Refused("never signed here");
        }
        Optional<String> refusal = refusal(request.from(), request.write());
        return refusal.isPresent() ? new WriteOutcome.Refused(refusal.get()) : apply(request.from(), request.write());
    }

    /** The rules of the real ledger, as far as ours needs them. */
    private Optional<String> refusal(String from, IndyWrite write) {
        Map<String, Object> writer = nyms.get(from);
        if (writer == null) {
            return Optional.of("could not authenticate, verkey for " + from + " cannot be found");
        }
        LedgerRole role = LedgerRole.ofCode((String) writer.get("role"));
        boolean allowed = switch (write) {
            case IndyWrite.Nym nym ->
                nyms.containsKey(nym.dest())
                        ? from.equals(nym.dest())
                        : role == LedgerRole.TRUSTEE || (role == LedgerRole.ENDORSER && nym.role() == LedgerRole.NONE);
            case IndyWrite.Document document -> document.dest().equals(from);
            case IndyWrite.Attrib attrib -> attrib.dest().equals(from);
            case IndyWrite.Schema schema ->
                role != LedgerRole.NONE && !schemas.containsKey(schemaKey(from, schema.name(), schema.version()));
        };
        return allowed ? Optional.empty() : Optional.of("not allowed, or there already");
    }

    private WriteOutcome apply(String from, IndyWrite write) {
        int seqNo = transactions.size() + 1;
        Instant at = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Map<String, Object> data = new HashMap<>();
        String type;
        switch (write) {
            case IndyWrite.Nym nym -> {
                type = IndyTransactions.NYM;
                data.putAll(Map.of("dest", nym.dest(), "verkey", nym.verkey()));
                nym.role().code().ifPresent(code -> data.put("role", code));
                Map<String, Object> state = new HashMap<>(data);
                state.putAll(Map.of("identifier", from, "seqNo", (long) seqNo, "txnTime", at.getEpochSecond()));
                nyms.put(nym.dest(), state);
            }
            case IndyWrite.Document document -> {
                type = IndyTransactions.NYM;
                data.putAll(Map.of("dest", document.dest(), "diddocContent", document.content()));
                Map<String, Object> state = new HashMap<>(nyms.getOrDefault(document.dest(), Map.of()));
                state.putAll(data);
                state.putAll(Map.of("seqNo", (long) seqNo, "txnTime", at.getEpochSecond()));
                nyms.put(document.dest(), state);
            }
            case IndyWrite.Attrib attrib -> {
                type = IndyTransactions.ATTRIB;
                data.putAll(Map.of("dest", attrib.dest(), "raw", Sha256.hex(attrib.raw())));
                attributes
                        .computeIfAbsent(attrib.dest() + ' ' + attrib.name(), key -> new TreeMap<>())
                        .put(seqNo, attrib.raw());
            }
            case IndyWrite.Schema schema -> {
                type = IndyTransactions.SCHEMA;
                data.put("data", Map.of("name", schema.name(), "version", schema.version()));
                schemas.put(schemaKey(from, schema.name(), schema.version()), seqNo);
            }
        }
        Map<String, Object> transaction = Map.of(
                "txn", Map.of("type", type, "data", Map.copyOf(data), "metadata", Map.of("from", from)),
                "txnMetadata", Map.of("seqNo", (long) seqNo, "txnTime", at.getEpochSecond()));
        transactions.add(transaction);
        tree.appendLeafHash(MerkleHash.ofLeaf(MessagePack.of(transaction)));
        return new WriteOutcome.Done(seqNo, at);
    }

    @Override
    public synchronized Fields nym(String dest) throws LedgerException {
        reachable();
        Map<String, Object> nym = nyms.get(dest);
        return nym == null
                ? Fields.of(Map.of())
                : answer(Json.write(nym), ((Number) nym.getOrDefault("seqNo", 0)).intValue());
    }

    @Override
    public synchronized Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException {
        reachable();
        TreeMap<Integer, String> versions = attributes.getOrDefault(dest + ' ' + name, new TreeMap<>());
        Map.Entry<Integer, String> version = versions.floorEntry(asOf == null ? Integer.MAX_VALUE : asOf);
        return version == null ? Fields.of(Map.of()) : answer(version.getValue(), version.getKey());
    }

    @Override
    public synchronized Fields schema(String author, String name, String version) throws LedgerException {
        reachable();
        Integer seqNo = schemas.get(schemaKey(author, name, version));
        return seqNo == null ? Fields.of(Map.of()) : answer("{}", seqNo);
    }

    @Override
    public synchronized Fields transaction(int seqNo) throws LedgerException {
        reachable();
        if (seqNo < 1 || seqNo > transactions.size()) {
            return Fields.of(Map.of());
        }
        long size = transactions.size();
        Map<String, Object> data = new HashMap<>(transactions.get(seqNo - 1));
        data.put("ledgerSize", size);
        data.put("rootHash", base58(tree.root()));
        data.put(
                "auditPath",
                tree.inclusionProof(seqNo - 1, size).stream()
                        .map(MemoryWire::base58)
                        .toList());
        return Fields.of(Map.of("data", data));
    }

    @Override
    public void close() {}

    private Fields answer(String data, int seqNo) {
        Map<String, Object> transaction = transactions.get(seqNo - 1);
        Map<?, ?> metadata = (Map<?, ?>) transaction.getOrDefault("txnMetadata", Map.of());
        return Fields.of(Map.of("data", data, "seqNo", (long) seqNo, "txnTime", (Object) metadata.get("txnTime")));
    }

    private void reachable() throws LedgerException {
        if (fault == Fault.UNREACHABLE || lost) {
            throw new LedgerException(Reason.UNREACHABLE, "switched off by the test");
        }
    }

    private static String base58(MerkleHash hash) {
        return Base58.encode(hash.octets());
    }

    private static String schemaKey(String author, String name, String version) {
        return author + ' ' + name + ' ' + version;
    }
}
