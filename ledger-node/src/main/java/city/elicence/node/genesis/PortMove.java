package city.elicence.node.genesis;

import city.elicence.node.keys.Base58;
import city.elicence.node.keys.SigningSeed;
import city.elicence.node.request.ClientMessage;
import city.elicence.node.request.Request;
import city.elicence.node.request.RequestDecoder;
import city.elicence.node.request.SignatureInput;
import city.elicence.node.request.TxnType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request by which a node tells its clients that it has moved to another port: a NODE transaction, signed by its steward. */
public final class PortMove {
    private PortMove() {}

    public static Request request(Genesis genesis, int newPort, long reqId) throws IOException {
        SigningSeed steward = genesis.steward();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("alias", genesis.alias());
        data.put("client_port", (long) newPort);
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("type", TxnType.NODE);
        operation.put("dest", genesis.node().verkey());
        operation.put("data", data);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("identifier", steward.did());
        tree.put("reqId", reqId);
        tree.put("protocolVersion", 2L);
        tree.put("operation", operation);
        tree.put("signature", Base58.encode(steward.sign(SignatureInput.of(tree))));
        byte[] message = city.elicence.credentials.json.Json.write(tree).getBytes(StandardCharsets.UTF_8);
        try {
            if (RequestDecoder.decode(message) instanceof ClientMessage.Operation decoded) {
                return decoded.request();
            }
            throw new IllegalStateException("a request was made here");
        } catch (RequestDecoder.Undecodable e) {
            throw new IllegalStateException("a request was made here", e);
        }
    }
}
