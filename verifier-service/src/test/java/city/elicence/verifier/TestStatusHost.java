package city.elicence.verifier;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves status list tokens over real HTTP, and counts who came. */
final class TestStatusHost {
    private final HttpServer server;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, byte[]> cwts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> fetches = new ConcurrentHashMap<>();

    TestStatusHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            fetches.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            byte[] cwt = cwts.get(path);
            byte[] body = cwt != null ? cwt : tokens.getOrDefault(path, "").getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders()
                    .set("Content-Type", "application/statuslist+" + (cwt != null ? "cwt" : "jwt"));
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void serve(String path, String token) {
        tokens.put(path, token);
    }

    /** From now on a path has a CWT and no JWT, whatever was asked for. */
    void serveOnly(String path, byte[] cwt) {
        cwts.put(path, cwt);
    }

    String served(String path) {
        return tokens.getOrDefault(path, "");
    }

    int fetches(String path) {
        AtomicInteger count = fetches.get(path);
        return count == null ? 0 : count.get();
    }
}
