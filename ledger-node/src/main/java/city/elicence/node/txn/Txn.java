package city.elicence.node.txn;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.keys.Hashes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A transaction as the ledger keeps it: {@code {reqSignature, txn:{type, data, metadata}, txnMetadata:{seqNo, txnTime}, ver}}. */
public record Txn(Map<String, Object> tree) {
    private static final String ATTRIB = "100";

    public static Txn parse(String json) throws JsonException {
        Txn txn = new Txn(Json.parseObject(json));
        txn.fields("txn").string("type");
        txn.fields("txnMetadata").longValue("seqNo");
        return txn;
    }

    public String json() {
        return Json.write(tree);
    }

    public String type() {
        return text(fields("txn"), "type");
    }

    public Map<String, Object> data() {
        return inner(fields("txn"), "data");
    }

    public Map<String, Object> metadata() {
        return inner(fields("txn"), "metadata");
    }

    /** The DID that wrote it; empty for the first transactions, which nobody wrote. */
    public Optional<String> from() {
        return metadata().get("from") instanceof String did ? Optional.of(did) : Optional.empty();
    }

    public long seqNo() {
        return fields("txnMetadata").map().get("seqNo") instanceof Number number ? number.longValue() : 0;
    }

    /** Seconds since 1970; 0 for the first transactions. */
    public long time() {
        return fields("txnMetadata").map().get("txnTime") instanceof Number number ? number.longValue() : 0;
    }

    /**
     * What the Merkle tree hashes. An attribute's content is there by its hash only: a ledger can drop the content later and its
     * tree still stands.
     */
    public byte[] leaf() {
        if (!ATTRIB.equals(type())) {
            return MessagePack.encode(tree);
        }
        Map<String, Object> data = new LinkedHashMap<>(data());
        data.computeIfPresent("raw", Txn::digested);
        data.computeIfPresent("enc", Txn::digested);
        Map<String, Object> inner = new LinkedHashMap<>(fields("txn").map());
        inner.put("data", data);
        Map<String, Object> hashed = new LinkedHashMap<>(tree);
        hashed.put("txn", inner);
        return MessagePack.encode(hashed);
    }

    private static Object digested(String name, Object content) {
        return content instanceof String text && !text.isEmpty() ? Hashes.sha256Hex(text) : content;
    }

    private Fields fields(String name) {
        return Fields.of(inner(Fields.of(tree), name));
    }

    private static Map<String, Object> inner(Fields fields, String name) {
        try {
            return fields.object(name);
        } catch (JsonException e) {
            throw new IllegalArgumentException("a transaction has an object " + name, e);
        }
    }

    private static String text(Fields fields, String name) {
        try {
            return fields.string(name);
        } catch (JsonException e) {
            throw new IllegalArgumentException("a transaction has a text " + name, e);
        }
    }
}
