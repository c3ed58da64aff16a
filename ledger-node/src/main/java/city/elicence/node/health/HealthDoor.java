package city.elicence.node.health;

import city.elicence.credentials.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /health} (200 while the node can write, 503 when it cannot) and {@code /metrics}. For the operator's network only. */
public final class HealthDoor implements Closeable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("ledger-health-", 0).factory());

    /**
     * How the node is.
     *
     * @param writing whether writes are taken; a disk that failed stops them until a restart
     */
    public record Health(boolean writing, Map<String, Object> details) {
        public Health {
            details = Map.copyOf(details);
        }
    }

    public HealthDoor(String host, int port, Metrics metrics, Supplier<Health> health) throws IOException {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "port " + port + " on " + host + " cannot be opened for the ledger's health: it is in"
                            + " use or not allowed",
                    e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, metrics, health);
            }
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, Metrics metrics, Supplier<Health> health) throws IOException {
        if (!"GET".equals(exchange.getRequestMethod())) {
            send(exchange, METHOD_NOT_ALLOWED, "text/plain", "GET only\n");
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> {
                Health now = health.get();
                send(exchange, now.writing() ? OK : UNAVAILABLE, "application/json", Json.writeSorted(now.details()));
            }
            case "/metrics" -> send(exchange, OK, "text/plain; version=0.0.4", metrics.text());
            default -> send(exchange, NOT_FOUND, "text/plain", "/health or /metrics\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
