package city.elicence.node.request;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.keys.Base58;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one message from a client. Nothing in it is believed yet; what is let through has the form of a request. */
public final class RequestDecoder {
    static final int MAX_NAME = 256;
    public static final int MAX_BYTES = 128 * 1024;
    private static final int MAX_SIGNATURES = 100;
    private static final long PROTOCOL_VERSION = 2;
    private static final BigInteger MAX_REQ_ID = BigInteger.ONE.shiftLeft(64);
    private static final byte[] PING = "pi".getBytes(StandardCharsets.US_ASCII);

    private RequestDecoder() {}

    /** A message that was refused, with as much of its return address as could be read. */
    public static final class Undecodable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;
        private final transient Map<String, Object> tree;

        Undecodable(Refusal refusal, Map<String, Object> tree) {
            super(refusal.reason(), null, false, false);
            this.refusal = refusal;
            this.tree = tree;
        }

        public Refusal refusal() {
            return refusal;
        }

        /** The request's id, when it was there. */
        public Optional<Number> reqId() {
            return tree.get("reqId") instanceof Number number ? Optional.of(number) : Optional.empty();
        }

        public Optional<String> identifier() {
            return tree.get("identifier") instanceof String text && text.length() <= MAX_NAME
                    ? Optional.of(text)
                    : Optional.empty();
        }
    }

    public static ClientMessage decode(byte[] message) throws Undecodable {
        if (Arrays.equals(message, PING)) {
            return new ClientMessage.Ping();
        }
        if (message.length > MAX_BYTES) {
            throw new Undecodable(
                    Refusal.invalid("expected at most " + MAX_BYTES + " bytes, found " + message.length), Map.of());
        }
        Map<String, Object> tree;
        try {
            tree = Json.parseObject(message);
        } catch (JsonException e) {
            throw new Undecodable(Refusal.invalid(String.valueOf(e.getMessage())), Map.of());
        } catch (NumberFormatException e) {
            // The JSON library's answer to an exponent of more digits than a number can have; its text quotes the
            // input.
            throw new Undecodable(Refusal.invalid("expected numbers of at most 64 bits"), Map.of());
        }
        try {
            return tree.get("op") instanceof String op ? nodeMessage(op, tree) : request(tree);
        } catch (Refusal refusal) {
            throw new Undecodable(refusal, tree);
        } catch (JsonException e) {
            throw new Undecodable(Refusal.invalid(String.valueOf(e.getMessage())), tree);
        }
    }

    private static ClientMessage nodeMessage(String op, Map<String, Object> tree) throws JsonException {
        Fields fields = Fields.of(tree);
        return switch (op) {
            case "LEDGER_STATUS" ->
                new ClientMessage.LedgerStatus(
                        fields.longValue("ledgerId"), fields.longValue("txnSeqNo"), fields.string("merkleRoot"));
            case "CATCHUP_REQ" ->
                new ClientMessage.CatchupRequest(
                        fields.longValue("ledgerId"),
                        fields.longValue("seqNoStart"),
                        fields.longValue("seqNoEnd"),
                        fields.longValue("catchupTill"));
            default -> new ClientMessage.Unexpected(op.length() > MAX_NAME ? op.substring(0, MAX_NAME) : op);
        };
    }

    private static ClientMessage request(Map<String, Object> tree) throws Refusal, JsonException {
        Fields fields = Fields.of(tree);
        Number reqId = reqId(tree.get("reqId"));
        String identifier = identifier(fields.string("identifier"));
        if (!(tree.get("protocolVersion") instanceof Long version && version == PROTOCOL_VERSION)) {
            throw Refusal.invalid("protocolVersion: expected " + PROTOCOL_VERSION);
        }
        Map<String, Object> operation = fields.object("operation");
        String type = Fields.of(operation).string("type");
        Optional<String> endorser = tree.get("endorser") == null ? Optional.empty() : fields.optString("endorser");
        boolean multiSigned = tree.get("signatures") != null;
        return new ClientMessage.Operation(new Request(
                identifier, reqId, type, operation, signatures(fields, identifier), endorser, multiSigned, tree));
    }

    private static Number reqId(@org.jspecify.annotations.Nullable Object reqId) throws Refusal {
        if (reqId instanceof Long number && number > 0) {
            return number;
        }
        if (reqId instanceof BigInteger number && number.signum() > 0 && number.compareTo(MAX_REQ_ID) < 0) {
            return number;
        }
        throw Refusal.invalid("reqId: expected a positive number of at most 64 bits");
    }

    private static String identifier(String text) throws Refusal {
        Optional<byte[]> bytes = Base58.decode(text);
        if (bytes.isEmpty() || (bytes.get().length != 16 && bytes.get().length != 32)) {
            throw Refusal.invalid("identifier: expected 16 or 32 bytes in base58");
        }
        return text;
    }

    private static Map<String, String> signatures(Fields fields, String identifier) throws Refusal, JsonException {
        Map<String, String> signatures = new LinkedHashMap<>();
        if (fields.map().get("signatures") != null) {
            for (Map.Entry<String, Object> entry : fields.object("signatures").entrySet()) {
                if (!(entry.getValue() instanceof String signature) || signatures.size() == MAX_SIGNATURES) {
                    throw Refusal.invalid("signatures: expected at most " + MAX_SIGNATURES + " texts");
                }
                signatures.put(identifier(entry.getKey()), signature);
            }
        } else if (fields.map().get("signature") != null) {
            signatures.put(identifier, fields.string("signature"));
        }
        return signatures;
    }
}
