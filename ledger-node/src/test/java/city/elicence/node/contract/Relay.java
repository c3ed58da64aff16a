package city.elicence.node.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands on, byte for byte, what comes to one port of this machine to another, until it is closed. */
final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int to;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    Relay(int from, int to) throws IOException {
        this.door = new ServerSocket(from, 50, InetAddress.getLoopbackAddress());
        this.to = to;
        Thread.ofVirtual().start(this::take);
    }

    boolean isUsed() {
        return !open.isEmpty();
    }

    private void take() {
        try {
            while (!door.isClosed()) {
                Socket near = door.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(near);
                open.add(far);
                Thread.ofVirtual().start(() -> hand(near, far));
                Thread.ofVirtual().start(() -> hand(far, near));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private static void hand(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // One side has gone, and so the other does.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
