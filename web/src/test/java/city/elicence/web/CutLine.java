package city.elicence.web;

import city.elicence.web.database.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A line to a database on this machine, which a test, on one thread, cuts and mends: while it is cut, what was connected is broken, and who connects is
 * refused; or holds: who connects is taken, and nobody hears anything.
 */
public final class CutLine implements AutoCloseable {
    private final DatabaseSettings server;
    /** Never listens: while the line is cut it keeps the port from others, and who connects to it is refused. */
    private final Socket kept = new Socket();

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket entrance;
    private Thread taking = Thread.ofVirtual().unstarted(() -> {});
    private boolean held;

    /** A line that works. */
    public CutLine(DatabaseSettings server) {
        this.server = server;
        try {
            kept.setReuseAddress(true);
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mend();
    }

    /** The database, as it is reached through this line. */
    public DatabaseSettings settings() {
        return new DatabaseSettings(
                server.host(),
                kept.getLocalPort(),
                server.database(),
                server.user(),
                server.password(),
                server.schema());
    }

    /** Passes nothing on, to either side, until it does again; what is said meanwhile arrives then. */
    public synchronized void hold() {
        held = true;
    }

    /** Passes on what is said. */
    public synchronized void pass() {
        held = false;
        notifyAll();
    }

    private synchronized void awaitPassing() throws InterruptedException {
        while (held) {
            wait();
        }
    }

    /** Breaks every connection and takes no new one, until it is mended. */
    public void cut() {
        if (entrance != null) {
            close(entrance);
            entrance = null;
        }
        try {
            // Until its thread has left it, a closed entrance still takes connections.
            taking.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        open.forEach(CutLine::close);
        open.clear();
        pass();
    }

    /** Takes connections again. */
    public void mend() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(kept.getLocalSocketAddress());
            entrance = opened;
            taking = Thread.ofVirtual().start(() -> take(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        close(kept);
    }

    private void take(ServerSocket at) {
        while (true) {
            try {
                Socket near = at.accept();
                join(near, new Socket(InetAddress.getLoopbackAddress(), server.port()));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void join(Socket near, Socket far) {
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
    }

    private void copy(Socket from, Socket to) {
        byte[] said = new byte[8 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(said); length >= 0; length = in.read(said)) {
                awaitPassing();
                to.getOutputStream().write(said, 0, length);
            }
        } catch (IOException | InterruptedException broken) {
            // Told to both ends by closing them.
        }
    }

    private static void close(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
