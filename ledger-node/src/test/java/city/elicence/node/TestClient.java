package city.elicence.node;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.keys.Base58;
import city.elicence.node.keys.SigningSeed;
import city.elicence.node.request.SignatureInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A client made by hand, for what stock clients never send. */
final class TestClient implements AutoCloseable {
    private static final AtomicLong REQ_ID = new AtomicLong(System.nanoTime());
    private static final int HANDSHAKE_MILLIS = 2_000;
    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket = context.createSocket(SocketType.DEALER);

    TestClient(Genesis genesis, int port, int timeoutMillis) throws IOException {
        byte[] serverKey = new byte[32];
        X25519.scalarMultBase(genesis.node().curveSecret(), 0, serverKey, 0);
        ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
        socket.setCurveServerKey(serverKey);
        socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
        socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
        socket.setLinger(0);
        // See ClientDoor: a full receiving queue breaks the decryption.
        socket.setRcvHWM(0);
        socket.setReceiveTimeOut(timeoutMillis);
        // See NodeLink: a connection that JeroMQ forgets is tried again when the handshake has had its time.
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.connect("tcp://" + TestLedger.HOST + ":" + port);
    }

    void timeout(int millis) {
        socket.setReceiveTimeOut(millis);
    }

    void send(byte[] message) {
        socket.send(message);
    }

    /** The next message; empty when none comes in time. */
    Optional<String> receive() {
        byte[] message = socket.recv();
        return message == null ? Optional.empty() : Optional.of(new String(message, StandardCharsets.UTF_8));
    }

    /** The answer to a request, after any REQACK. */
    Optional<Map<String, Object>> ask(Map<String, Object> request) throws JsonException {
        send(Json.write(request).getBytes(StandardCharsets.UTF_8));
        while (true) {
            Optional<String> message = receive();
            if (message.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> answer = Json.parseObject(message.get());
            if (!"REQACK".equals(answer.get("op"))) {
                return Optional.of(answer);
            }
        }
    }

    static Map<String, Object> request(String did, Map<String, Object> operation) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("identifier", did);
        request.put("operation", operation);
        request.put("protocolVersion", 2L);
        request.put("reqId", REQ_ID.incrementAndGet());
        return request;
    }

    static Map<String, Object> signed(SigningSeed key, Map<String, Object> operation) {
        Map<String, Object> request = request(key.did(), operation);
        request.put("signature", Base58.encode(key.sign(SignatureInput.of(request))));
        return request;
    }

    static Map<String, Object> nym(String dest, String verkey) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("type", "1");
        operation.put("dest", dest);
        operation.put("verkey", verkey);
        return operation;
    }

    @Override
    public void close() {
        context.close();
    }
}
