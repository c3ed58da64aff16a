package city.elicence.node.read;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.node.books.Committed;
import city.elicence.node.keys.Hashes;
import city.elicence.node.ledger.LedgerId;
import city.elicence.node.ledger.Txn;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.state.StateKeys;
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

    /** GET_NYM: the data is a text, as Indy's nodes give it. */
    Map<String, Object> nym(Request request, Committed world) throws Refusal, IOException {
        String dest = request.requiredText("dest");
        byte[] key = StateKeys.nym(dest);
        Optional<Fields> found = world.state().object(LedgerId.DOMAIN, key);
        if (found.isEmpty()) {
            return proofs.result(world, LedgerId.DOMAIN, key, null, null, null);
        }
        Map<String, Object> data = new LinkedHashMap<>(found.get().map());
        data.put("dest", dest);
        return proofs.result(
                world, LedgerId.DOMAIN, key, Json.writeSorted(data), data.get("seqNo"), data.get("txnTime"));
    }

    /** GET_ATTRIB: the content, found through the transaction that set it. */
    Map<String, Object> attribute(Request request, Committed world) throws Refusal, IOException {
        String dest = request.requiredText("dest");
        byte[] key = StateKeys.attribute(dest, attributeName(request));
        Optional<Fields> found = world.state().object(LedgerId.DOMAIN, key);
        if (found.isEmpty()) {
            return proofs.result(world, LedgerId.DOMAIN, key, null, null, null);
        }
        Map<String, Object> value = found.get().map();
        @Nullable Object data = value.get("lsn") instanceof Long seqNo ? content(seqNo) : null;
        return proofs.result(world, LedgerId.DOMAIN, key, data, value.get("lsn"), value.get("lut"));
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
