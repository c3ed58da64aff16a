package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.node.books.Committed;
import city.elicence.node.keys.Hashes;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.StateKeys;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of DIDs, attributes and schemas. */
final class DomainReads {
    private final Proofs proofs;

    DomainReads(Proofs proofs) {
        this.proofs = proofs;
    }

    /** GET_NYM, now or at an earlier time or transaction: the data is a text, as Indy's nodes give it. */
    Map<String, Object> nym(Request request, Committed world) throws Refusal, IOException {
        String dest = request.requiredText("dest");
        byte[] key = StateKeys.nym(dest);
        Optional<History.Version> found = version(request, world, key);
        Map<String, Object> data = new LinkedHashMap<>();
        found.ifPresent(version -> {
            data.putAll(version.value());
            data.put("dest", dest);
        });
        @Nullable String text = found.isPresent() ? Json.writeSorted(data) : null;
        return result(world, key, found, text, data.get("seqNo"), data.get("txnTime"));
    }

    /** GET_ATTRIB, now or earlier: the content, found through the transaction that set it. */
    Map<String, Object> attribute(Request request, Committed world) throws Refusal, IOException {
        String dest = request.requiredText("dest");
        byte[] key = StateKeys.attribute(dest, attributeName(request));
        Optional<History.Version> found = version(request, world, key);
        Map<String, Object> value = found.map(History.Version::value).orElse(Map.of());
        @Nullable Object data = value.get("lsn") instanceof Long seqNo ? content(seqNo) : null;
        return result(world, key, found, data, value.get("lsn"), value.get("lut"));
    }

    /** The version that a {@code timestamp} or {@code seqNo} in the operation asks for, else the latest. */
    private Optional<History.Version> version(Request request, Committed world, byte[] key)
            throws Refusal, IOException {
        Optional<Long> seqNo = request.number("seqNo");
        Optional<Long> timestamp = request.number("timestamp");
        if (seqNo.isPresent() && timestamp.isPresent()) {
            throw Refusal.invalid("seqNo and timestamp are mutually exclusive; only one should be specified");
        }
        if (seqNo.isPresent()) {
            Optional<Txn> txn = proofs.store().read(LedgerId.DOMAIN, seqNo.get());
            if (txn.isEmpty() || seqNo.get() > world.domainSize()) {
                return Optional.empty();
            }
            timestamp = Optional.of(txn.get().time());
        }
        return new History(world.state(), LedgerId.DOMAIN).at(key, timestamp.orElse(Long.MAX_VALUE));
    }

    /** With a proof, unless what is shown is no longer, or not yet, what the state holds. */
    private Map<String, Object> result(
            Committed world,
            byte[] key,
            Optional<History.Version> version,
            @Nullable Object data,
            @Nullable Object seqNo,
            @Nullable Object txnTime)
            throws IOException {
        boolean provable = version.map(History.Version::current)
                .orElse(world.state().get(LedgerId.DOMAIN, key).isEmpty());
        return provable
                ? proofs.result(world, LedgerId.DOMAIN, key, data, seqNo, txnTime)
                : Proofs.plain(data, seqNo, txnTime);
    }

    private static String attributeName(Request request) throws Refusal {
        if (request.field("hash") != null) {
            return request.requiredText("hash");
        }
        return Hashes.sha256Hex(request.requiredText(request.field("raw") != null ? "raw" : "enc"));
    }

    private @Nullable Object content(long seqNo) throws IOException {
        Optional<Txn> txn = proofs.store().read(LedgerId.DOMAIN, seqNo);
        for (String name : new String[] {"raw", "enc", "hash"}) {
            if (txn.isPresent() && txn.get().data().get(name) instanceof String content) {
                return content;
            }
        }
        return null;
    }

    /** GET_SCHEMA: name and version are in the data even when there is no such schema. */
    Map<String, Object> schema(Request request, Committed world) throws Refusal, IOException {
        String dest = request.requiredText("dest");
        Map<String, Object> asked = request.requiredObject("data");
        if (!(asked.get("name") instanceof String name) || !(asked.get("version") instanceof String version)) {
            throw Refusal.invalid("data: expected a name and a version");
        }
        byte[] key = StateKeys.schema(dest, name, version);
        Optional<Fields> found = world.state().object(LedgerId.DOMAIN, key);
        Map<String, Object> data = new LinkedHashMap<>();
        Map<String, Object> value = found.map(Fields::map).orElse(Map.of());
        if (value.get("val") instanceof Map<?, ?> schema) {
            schema.forEach((field, content) -> data.put((String) field, content));
        }
        data.put("name", name);
        data.put("version", version);
        return proofs.result(world, LedgerId.DOMAIN, key, data, value.get("lsn"), value.get("lut"));
    }
}
