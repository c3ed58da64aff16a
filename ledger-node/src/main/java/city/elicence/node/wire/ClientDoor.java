package city.elicence.node.wire;

import city.elicence.node.health.Metrics;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The socket that clients connect to: a ZeroMQ ROUTER under CURVE, so that everything is encrypted and the client knows which node
 * it talks to. One thread owns it; replies from other threads wait in a queue, and a byte in a pipe wakes the owner.
 */
public final class ClientDoor implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientDoor.class);
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int WAITING_PER_CLIENT = 10_000;

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket;
    private final Pipe wake;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Queue<Runnable> outgoing = new ConcurrentLinkedQueue<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean closing;

    /** Takes messages on the door's own thread, and must not hold it up. */
    public interface Receiver {
        void received(ClientAddress client, byte[] message);
    }

    /**
     * How much a door takes.
     *
     * @param maxMessageBytes a client that sends more is disconnected before the message is read
     * @param connections how many there may be
     * @param connectionsOfOnePeer how many there may be from one address
     */
    public record Limits(long maxMessageBytes, int connections, int connectionsOfOnePeer) {}

    public ClientDoor(String host, int port, byte[] curveSecret, Limits limits, Metrics metrics) throws IOException {
        wake = Pipe.open();
        wake.source().configureBlocking(false);
        wake.sink().configureBlocking(false);
        socket = context.createSocket(SocketType.ROUTER);
        socket.setCurveServer(true);
        socket.setCurveSecretKey(curveSecret);
        socket.setMaxMsgSize(limits.maxMessageBytes());
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setSndHWM(WAITING_PER_CLIENT);
        // JeroMQ 0.6.0 hands on a message undecrypted when its receiving queue is full. The queue has no limit of its
        // own, then:
        // the thread that empties it does nothing slow, and Reception has the limits.
        socket.setRcvHWM(0);
        socket.setLinger(0);
        new Connections(limits.connections(), limits.connectionsOfOnePeer(), metrics).watch(socket);
        try {
            socket.bind("tcp://" + host + ":" + port);
        } catch (ZMQException e) {
            context.close();
            throw new IOException(
                    "port " + port + " on " + host + " cannot be opened for ledger clients: it is in use or"
                            + " not allowed",
                    e);
        }
    }

    public void start(Receiver receiver) {
        Thread.ofPlatform().name("ledger-door").start(() -> {
            try {
                run(receiver);
            } finally {
                context.close();
                done.countDown();
            }
        });
    }

    /** Sends from any thread. A reply to a client that is gone is dropped. */
    public void send(ClientAddress client, byte[] message) {
        outgoing.add(() -> {
            socket.send(client.routingId(), ZMQ.SNDMORE);
            socket.send(message, ZMQ.DONTWAIT);
        });
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            try {
                wake.sink().write(ByteBuffer.allocate(1));
            } catch (IOException e) {
                LOG.warn("the door's wake-up pipe failed", e);
            }
        }
    }

    private void run(Receiver receiver) {
        ZMQ.Poller poller = context.createPoller(2);
        poller.register(socket, ZMQ.Poller.POLLIN);
        poller.register(wake.source(), ZMQ.Poller.POLLIN);
        while (!closing) {
            poller.poll(1_000);
            if (poller.pollin(1)) {
                clearPipe();
            }
            sendAll();
            receiveSome(receiver);
        }
        sendAll();
    }

    private void clearPipe() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            while (wake.source().read(bytes) > 0) {
                bytes.clear();
            }
        } catch (IOException e) {
            LOG.warn("the door's wake-up pipe failed", e);
        }
        awake.set(false);
    }

    private void sendAll() {
        for (Runnable next = outgoing.poll(); next != null; next = outgoing.poll()) {
            next.run();
        }
    }

    private void receiveSome(Receiver receiver) {
        for (int i = 0; i < 100; i++) {
            byte @Nullable [] client = socket.recv(ZMQ.DONTWAIT);
            if (client == null) {
                return;
            }
            byte[] message = new byte[0];
            int frames = 0;
            while (socket.hasReceiveMore()) {
                message = socket.recv(ZMQ.DONTWAIT);
                frames++;
            }
            // A request is one frame; anything else is handed on as what it is: not a request.
            receiver.received(new ClientAddress(client), frames == 1 && message != null ? message : new byte[0]);
        }
    }

    @Override
    public void close() {
        closing = true;
        awake.set(false);
        wake();
        try {
            done.await();
            wake.sink().close();
            wake.source().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the door's wake-up pipe failed", e);
        }
    }
}
