package city.elicence.ledger.zmq;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.indy.Base58;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** An encrypted connection to one node, on which one question at a time is asked. */
final class NodeLink {

    /** A reply is some kilobytes; a node that sends more is cut off. */
    private static final int MAX_REPLY_BYTES = 1 << 20;

    /**
     * JeroMQ 0.6.0 forgets about one connection in ten right after it opened it: its poller drops the new registration together with
     * that of the connect when both fall in one turn. Nothing else than the end of the time for the handshake makes it try again, and that is
     * 30 s by itself. A link that had no answer gives the next connection more time, for the sake of slow networks.
     */
    private static final int HANDSHAKE_MILLIS = 1_000;

    private static final int MAX_HANDSHAKE_MILLIS = 8_000;

    private final ZContext context;
    private final GenesisPool.Node node;
    // ZeroMQ sockets may be handed from thread to thread, but not shared.
    private final ReentrantLock asking = new ReentrantLock();
    private ZMQ.@Nullable Socket socket;

    private int handshakeMillis = HANDSHAKE_MILLIS;

    NodeLink(ZContext context, GenesisPool.Node node) {
        this.context = context;
        this.node = node;
    }

    GenesisPool.Node node() {
        return node;
    }

    String alias() {
        return node.alias();
    }

    /** The {@code result} of the node's reply to a request with this id. */
    Fields ask(Map<String, Object> request, long requestId, Duration within) throws LedgerException {
        asking.lock();
        try {
            ZMQ.Socket open = socket == null ? connect() : socket;
            socket = open;
            open.send(Json.write(request).getBytes(StandardCharsets.UTF_8));
            long deadline = System.nanoTime() + within.toNanos();
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                open.setReceiveTimeOut((int) Math.max(left, 0));
                byte[] reply = left <= 0 ? null : open.recv();
                if (reply == null) {
                    disconnect();
                    handshakeMillis = Math.min(2 * handshakeMillis, MAX_HANDSHAKE_MILLIS);
                    throw new LedgerException(Reason.UNREACHABLE, node.alias() + " did not answer within " + within);
                }
                Fields result = result(reply, requestId);
                if (result != null) {
                    return result;
                }
            }
        } catch (ZMQException e) {
            // Interrupted, or closed by another thread: this connection is not used again.
            disconnect();
            throw new LedgerException(Reason.UNREACHABLE, "the question to " + node.alias() + " was broken off", e);
        } finally {
            asking.unlock();
        }
    }

    /** The result if this is the reply to our request; null when it is a late one to another. */
    private @Nullable Fields result(byte[] reply, long requestId) throws LedgerException {
        try {
            Fields fields = Fields.of(Json.parseObject(reply));
            String op = fields.string("op");
            if (op.equals("REPLY")) {
                Fields result = fields.fields("result");
                return result.longValue("reqId") == requestId ? result : null;
            }
            if (op.equals("REQNACK") || op.equals("REJECT")) {
                if (fields.longValue("reqId") != requestId) {
                    return null;
                }
                throw new LedgerException(Reason.REFUSED, node.alias() + ": " + fields.string("reason"));
            }
            return null;
        } catch (JsonException e) {
            throw new LedgerException(Reason.NOT_TRUSTWORTHY, node.alias() + " sent something else than a reply", e);
        }
    }

    private ZMQ.Socket connect() {
        ZMQ.Curve.KeyPair own = ZMQ.Curve.generateKeyPair();
        ZMQ.Socket opened = context.createSocket(SocketType.DEALER);
        opened.setCurveServerKey(CurveKey.of(Base58.decode(node.verkey())));
        opened.setCurvePublicKey(ZMQ.Curve.z85Decode(own.publicKey));
        opened.setCurveSecretKey(ZMQ.Curve.z85Decode(own.secretKey));
        opened.setIdentity(own.publicKey.getBytes(StandardCharsets.US_ASCII));
        opened.setMaxMsgSize(MAX_REPLY_BYTES);
        opened.setLinger(0);
        opened.setHandshakeIvl(handshakeMillis);
        opened.connect("tcp://" + node.host() + ":" + node.port());
        return opened;
    }

    /** For a node that is no longer asked. */
    void close() {
        asking.lock();
        try {
            disconnect();
        } finally {
            asking.unlock();
        }
    }

    private void disconnect() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
