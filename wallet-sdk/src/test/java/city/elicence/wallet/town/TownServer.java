package city.elicence.wallet.town;

import city.elicence.credentials.json.Json;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A real HTTP server on this machine: a function for each path. */
public final class TownServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Function<HttpCall, HttpReply>> paths = new ConcurrentHashMap<>();

    public TownServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void at(String path, Function<HttpCall, HttpReply> answer) {
        paths.put(path, answer);
    }

    public static HttpReply json(int status, Map<String, Object> body, String... headers) {
        return reply(status, "application/json", Json.write(body), headers);
    }

    public static HttpReply reply(int status, String mediaType, String body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", mediaType);
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new HttpReply(status, all, body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Function<HttpCall, HttpReply> answer =
                    paths.getOrDefault(exchange.getRequestURI().getPath(), call -> json(404, Map.of()));
            HttpReply reply =
                    answer.apply(new HttpCall(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body));
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] bytes = reply.octets();
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            throw e;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
