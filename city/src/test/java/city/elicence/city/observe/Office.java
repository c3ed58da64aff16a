package city.elicence.city.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an office serves: at each path the last text that was put there, 404 where there is none. */
final class Office implements AutoCloseable {
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final HttpServer server;

    Office() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void put(String path, String text) {
        texts.put(path, text);
    }

    void remove(String path) {
        texts.remove(path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = texts.get(exchange.getRequestURI().getPath());
            byte[] body = (text == null ? "not here" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
