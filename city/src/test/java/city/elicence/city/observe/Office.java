package city.elicence.city.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** What an office serves: at each path the last text that was put there, 404 where there is none, and slowly where it is told to. */
final class Office implements AutoCloseable {
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Set<String> slow = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    Office() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void put(String path, String text) {
        texts.put(path, text);
    }

    /** From now on it answers there with the headers at once, and then with a byte a second. */
    void slowDown(String path) {
        slow.add(path);
    }

    void remove(String path) {
        texts.remove(path);
        slow.remove(path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = texts.get(exchange.getRequestURI().getPath());
            byte[] body = (text == null ? "not here" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
            if (!slow.contains(exchange.getRequestURI().getPath())) {
                exchange.getResponseBody().write(body);
                return;
            }
            for (byte each : body) {
                exchange.getResponseBody().write(each);
                exchange.getResponseBody().flush();
                Thread.sleep(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
