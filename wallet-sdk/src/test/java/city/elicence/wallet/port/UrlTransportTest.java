package city.elicence.wallet.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.wallet.town.TownServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The platform's HTTP")
class UrlTransportTest {
    @Test
    @DisplayName(
            "RFC 6749 §5.2: what a 401 says is read, whether it names a scheme or not, and what was sent arrived whole, once")
    void unauthorised() throws Exception {
        try (TownServer server = new TownServer()) {
            List<String> arrived = new CopyOnWriteArrayList<>();
            server.at("/none", call -> {
                arrived.add(String.valueOf(call.body()));
                return TownServer.json(401, Map.of("error", "invalid_client"));
            });
            server.at("/dpop", call -> {
                arrived.add(String.valueOf(call.body()));
                return TownServer.json(
                        401, Map.of("error", "invalid_client"), "WWW-Authenticate", "DPoP algs=\"ES256\"");
            });
            server.at("/basic", call -> {
                arrived.add(String.valueOf(call.body()));
                return TownServer.json(
                        401, Map.of("error", "invalid_client"), "WWW-Authenticate", "Basic realm=\"here\"");
            });
            for (String path : List.of("/none", "/dpop", "/basic")) {
                HttpReply reply = new UrlTransport()
                        .send(new HttpCall("POST", URI.create(server.base() + path), Map.of(), "a=证照"));
                assertEquals(401, reply.status());
                assertEquals("{\"error\":\"invalid_client\"}", reply.body(), path);
            }
            assertEquals(List.of("a=证照", "a=证照", "a=证照"), arrived);
        }
    }

    @Test
    @DisplayName("A POST that was read and not answered is not sent again unasked: it may have been done")
    void once() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                while (true) {
                    try (Socket socket = server.accept()) {
                        // The whole request, so that the other end sees an end and no reset.
                        byte[] request = new byte[4096];
                        int length = 0;
                        while (!new String(request, 0, length, StandardCharsets.UTF_8).endsWith("\r\n\r\na=1")) {
                            length += socket.getInputStream().read(request, length, request.length - length);
                        }
                        arrived.incrementAndGet();
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            hangsUp.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
            assertThrows(IOException.class, () -> new UrlTransport().send(new HttpCall("POST", uri, Map.of(), "a=1")));
        }
        assertEquals(1, arrived.get());
    }
}
