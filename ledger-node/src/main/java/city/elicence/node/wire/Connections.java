package city.elicence.node.wire;

import city.elicence.node.health.Metrics;
import city.elicence.node.health.Metrics.Count;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/** Shuts a new connection at once when there are too many, in all or from one address. Looks on by the socket's own events. */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private final int most;
    private final int mostOfOnePeer;
    private final Metrics metrics;
    private final Map<SocketChannel, InetAddress> open = new HashMap<>();

    Connections(int most, int mostOfOnePeer, Metrics metrics) {
        this.most = most;
        this.mostOfOnePeer = mostOfOnePeer;
        this.metrics = metrics;
        metrics.gauge("connections", this::count);
    }

    /** To be called before the socket is bound. */
    void watch(ZMQ.Socket socket) {
        socket.setEventHook(
                event -> {
                    SelectableChannel channel = event.getValue();
                    if (channel instanceof SocketChannel client) {
                        accepted(client);
                    }
                },
                ZMQ.EVENT_ACCEPTED);
    }

    private void accepted(SocketChannel channel) {
        try {
            if (!(channel.getRemoteAddress() instanceof InetSocketAddress peer)
                    || admitted(channel, peer.getAddress())) {
                return;
            }
            metrics.add(Count.CONNECTIONS_REFUSED);
            // Not close: ZeroMQ cleans up after an end of the stream, but not after a channel that is suddenly gone.
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("a connection was gone before it was counted", e);
        }
    }

    private synchronized boolean admitted(SocketChannel channel, InetAddress peer) {
        open.keySet().removeIf(known -> !known.isOpen());
        long ofThisPeer = open.values().stream().filter(peer::equals).count();
        if (open.size() >= most || ofThisPeer >= mostOfOnePeer) {
            return false;
        }
        open.put(channel, peer);
        return true;
    }

    private synchronized long count() {
        open.keySet().removeIf(known -> !known.isOpen());
        return open.size();
    }
}
