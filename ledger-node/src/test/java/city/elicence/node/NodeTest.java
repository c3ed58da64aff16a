package city.elicence.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.keys.SigningSeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node, and what stock clients never do to it. */
final class NodeTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path copies;

    private NodeSettings settings;
    private LedgerNode node;
    private TestClient client;
    private SigningSeed trustee;

    @BeforeEach
    void start() throws IOException {
        NodeSettings created = TestLedger.create(folder);
        settings = new NodeSettings(folder, TestLedger.HOST, created.clientPort(), TestLedger.freePort());
        node = LedgerNode.start(settings, Clock.systemUTC());
        client = new TestClient(node.genesis(), settings.clientPort(), 60_000);
        trustee = node.genesis().trustee();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        node.close();
    }

    @Test
    @DisplayName("The same request again, also after a restart, gets the same answer and makes no second transaction")
    void repeated() throws IOException, JsonException {
        Map<String, Object> request = TestClient.signed(trustee, newNym());
        Map<String, Object> first = client.ask(request).orElseThrow();
        client.ask(TestClient.signed(trustee, newNym()));
        assertEquals(first, client.ask(request).orElseThrow());
        long size = node.size();
        node.close();
        node = LedgerNode.start(settings, Clock.systemUTC());
        assertEquals(first, client.ask(request).orElseThrow());
        assertEquals(size, node.size());
    }

    @Test
    @DisplayName("Every message gets an answer, whatever it is")
    void answers() throws JsonException {
        List<String> messages = List.of(
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{}",
                "{\"op\":\"PROPAGATE\"}",
                "{\"op\":\"LEDGER_STATUS\"}",
                "{\"op\":\"LEDGER_STATUS\",\"ledgerId\":9,\"txnSeqNo\":1,\"merkleRoot\":\"x\"}",
                "{\"op\":\"CATCHUP_REQ\",\"ledgerId\":0,\"seqNoStart\":1,\"seqNoEnd\":99,\"catchupTill\":99}",
                "{\"reqId\":5,\"identifier\":\"0\",\"operation\":{}}",
                "{\"reqId\":6,\"identifier\":\"LibindyDid111111111111\",\"protocolVersion\":2,\"operation\":{\"type\":\"9999\"}}",
                "{\"reqId\":7,\"identifier\":\"LibindyDid111111111111\",\"protocolVersion\":2,\"operation\":{\"type\":\"105\"}}",
                "{\"reqId\":8,\"identifier\":\"LibindyDid111111111111\",\"protocolVersion\":1,\"operation\":{\"type\":\"105\"}}");
        for (String message : messages) {
            client.send(message.getBytes(StandardCharsets.UTF_8));
            Map<String, Object> answer =
                    Json.parseObject(client.receive().orElseThrow(() -> new AssertionError("no answer to " + message)));
            assertEquals("REQNACK", answer.get("op"), message);
            assertFalse(String.valueOf(answer.get("reason")).contains("Exception"), message);
        }
        client.send("pi".getBytes(StandardCharsets.UTF_8));
        assertEquals("po", client.receive().orElseThrow());
    }

    @Test
    @DisplayName(
            "What an attacker sends costs little and changes nothing: depth, huge numbers, broken text, doubled names, no or a false signature")
    void hostile() throws JsonException, IOException {
        long before = node.size();
        String operation =
                "\"operation\":{\"type\":\"1\",\"dest\":\"" + newSeed().did() + "\"}";
        List<byte[]> messages = new ArrayList<>();
        for (String text : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(20_000),
                "{\"reqId\":1e999999999,\"identifier\":\"x\"," + operation + "}",
                "{\"reqId\":" + "9".repeat(50_000) + "}",
                "{\"reqId\":-1,\"identifier\":\"" + trustee.did() + "\",\"protocolVersion\":2," + operation + "}",
                "{\"reqId\":1,\"reqId\":2,\"identifier\":\"" + trustee.did() + "\"," + operation + "}",
                "{\"reqId\":3,\"identifier\":{\"a\":[1]},\"protocolVersion\":2," + operation + "}",
                "{\"reqId\":4,\"identifier\":\"" + trustee.did() + "\",\"protocolVersion\":2," + operation + "}",
                "{\"reqId\":5,\"identifier\":\"" + trustee.did() + "\",\"protocolVersion\":2,\"signatures\":{\""
                        + trustee.did() + "\":\"" + "1".repeat(88) + "\"}," + operation + "}",
                "{\"op\":\"CATCHUP_REQ\",\"ledgerId\":1,\"seqNoStart\":-5,\"seqNoEnd\":9223372036854775807,"
                        + "\"catchupTill\":9223372036854775807}")) {
            messages.add(text.getBytes(StandardCharsets.UTF_8));
        }
        messages.add(new byte[] {(byte) 0xff, (byte) 0xfe, '{', '}'});
        messages.add("{\"a\":\"\ud800\"}".getBytes(StandardCharsets.UTF_16BE));
        for (byte[] message : messages) {
            client.send(message);
            String head = new String(message, 0, Math.min(60, message.length), StandardCharsets.ISO_8859_1);
            Map<String, Object> answer =
                    Json.parseObject(client.receive().orElseThrow(() -> new AssertionError("no answer to " + head)));
            assertEquals("REQNACK", answer.get("op"), head);
            assertFalse(String.valueOf(answer.get("reason")).contains("Exception"), head);
            assertTrue(String.valueOf(answer.get("reason")).length() < 1_000, head);
        }
        assertEquals(before, node.size());
        assertEquals(
                "REPLY",
                client.ask(TestClient.signed(trustee, newNym())).orElseThrow().get("op"));
    }

    @Test
    @DisplayName("A message that is too large is refused with its own id")
    void oversize() throws JsonException {
        Map<String, Object> operation = new LinkedHashMap<>(newNym());
        operation.put("padding", "x".repeat(200_000));
        Map<String, Object> request = TestClient.signed(trustee, operation);
        Map<String, Object> answer = client.ask(request).orElseThrow();
        assertEquals("REQNACK", answer.get("op"));
        assertEquals(request.get("reqId"), answer.get("reqId"));
    }

    @Test
    @DisplayName(
            "A flood on one connection: each message is answered with its id, done or refused, and other connections"
                    + " go on")
    void tooMany() throws IOException, JsonException {
        // Fewer than may wait for a client that does not read its answers.
        int count = 9_000;
        for (int i = 1; i <= count; i++) {
            client.send(("{\"reqId\":" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 1; i <= count; i++) {
            String text = client.receive().orElseThrow();
            Map<String, Object> answer = Json.parseObject(text);
            assertTrue(answer.get("reqId") instanceof Long);
            assertEquals("REQNACK", answer.get("op"));
        }
        try (TestClient other = new TestClient(node.genesis(), settings.clientPort(), 60_000)) {
            assertEquals(
                    "REPLY",
                    other.ask(TestClient.signed(trustee, newNym()))
                            .orElseThrow()
                            .get("op"));
        }
    }

    @Test
    @DisplayName("One flipped bit in any part of a signed request: refused, and nothing is written")
    void flippedBit() throws JsonException {
        Map<String, Object> request = TestClient.signed(trustee, newNym());
        String signature = String.valueOf(request.get("signature"));
        long before = node.size();
        for (int i = 0; i < signature.length(); i += 9) {
            char other = signature.charAt(i) == 'A' ? 'B' : 'A';
            Map<String, Object> forged = new LinkedHashMap<>(request);
            forged.put("signature", signature.substring(0, i) + other + signature.substring(i + 1));
            assertEquals("REQNACK", client.ask(forged).orElseThrow().get("op"));
        }
        Map<String, Object> changed = new LinkedHashMap<>(request);
        changed.put("operation", newNym());
        assertEquals("REQNACK", client.ask(changed).orElseThrow().get("op"));
        Map<String, Object> another = new LinkedHashMap<>(request);
        another.put("reqId", 1L);
        assertEquals("REQNACK", client.ask(another).orElseThrow().get("op"));
        assertEquals(before, node.size());
    }

    @Test
    @DisplayName("A DID that another created is refused to everyone else: the second use of a nullifier is told no")
    void secondUse() throws JsonException {
        SigningSeed one = endorser();
        SigningSeed other = endorser();
        Map<String, Object> nullifier =
                new LinkedHashMap<>(Map.of("type", "1", "dest", newSeed().did()));
        assertEquals(
                "REPLY",
                client.ask(TestClient.signed(one, nullifier)).orElseThrow().get("op"));
        assertEquals(
                "REJECT",
                client.ask(TestClient.signed(other, nullifier)).orElseThrow().get("op"));
    }

    @Test
    @DisplayName("A backup taken while the node is written to is whole, verifies, and starts where it ended")
    void backup() throws IOException, JsonException {
        for (int i = 0; i < 20; i++) {
            client.ask(TestClient.signed(trustee, newNym()));
        }
        Path backup = copies.resolve("backup");
        LedgerFiles.backup(folder, backup);
        client.ask(TestClient.signed(trustee, newNym()));
        Path restored = copies.resolve("restored");
        LedgerFiles.Verified verified = LedgerFiles.restore(backup, restored);
        assertEquals(List.of(), verified.problems());
        assertTrue(verified.roots().get(1).startsWith("DOMAIN: 22 transactions"));
        assertFalse(Files.exists(backup.resolve("keys")), "keys are not part of a backup");
    }

    @Test
    @DisplayName("verify finds a transaction that was put into the log without its author's signature")
    void forgedTransaction() throws IOException, JsonException {
        client.ask(TestClient.signed(trustee, newNym()));
        node.close();
        // The forger is the operator, who can make every checksum right.
        city.elicence.node.ledger.Forgery.changeVerkey(
                folder.resolve("ledger"), 3, newSeed().verkey());
        List<String> problems = LedgerFiles.verify(folder).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("transaction 3 of the DOMAIN ledger would be refused"));
        node = LedgerNode.start(settings, Clock.systemUTC());
    }

    @Test
    @DisplayName(
            "A node that moves to another port tells its clients by a transaction, and its new genesis file has it")
    void movedPort() throws IOException, JsonException {
        node.close();
        NodeSettings moved = new NodeSettings(folder, TestLedger.HOST, TestLedger.freePort());
        node = LedgerNode.start(moved, Clock.systemUTC());
        List<String> lines = Files.readAllLines(node.genesisFile());
        assertEquals(2, lines.size());
        Fields last = Fields.parse(lines.getLast()).fields("txn").fields("data").fields("data");
        assertEquals(moved.clientPort(), last.longValue("client_port"));
        assertEquals(List.of(), LedgerFiles.verify(folder).problems());
    }

    @Test
    @DisplayName("Two nodes cannot open one folder")
    void locked() {
        NodeSettings second = new NodeSettings(folder, TestLedger.HOST, settings.clientPort());
        IOException refusal = assertThrows(IOException.class, () -> LedgerNode.start(second, Clock.systemUTC()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("in use by another node"));
    }

    @Test
    @DisplayName("A ledger is made once; keys are readable by their owner only, and their text appears nowhere else")
    void ceremony() throws IOException, JsonException {
        assertThrows(IOException.class, () -> Genesis.create(folder, "Node1", "127.0.0.1", 1, new SecureRandom()));
        String seed =
                Fields.parse(Files.readString(node.genesis().trusteeKeyFile())).string("seed");
        for (Path file :
                new Path[] {node.genesisFile(), folder.resolve("ledger").resolve("ledger.log")}) {
            assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(seed));
        }
        for (String key : new String[] {"trustee", "steward", "node"}) {
            assertEquals(
                    "rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("keys").resolve(key + ".json"))));
        }
    }

    @Test
    @DisplayName("Health and metrics are numbers and states, with nothing of what was written")
    void health() throws IOException, InterruptedException, JsonException {
        Map<String, Object> nym = newNym();
        client.ask(TestClient.signed(trustee, nym));
        String metrics = get("/metrics");
        assertTrue(metrics.contains("elicence_ledger_writes_answered_total 1\n"), metrics);
        assertTrue(metrics.contains("elicence_ledger_transactions_domain 3\n"), metrics);
        assertEquals("ok", Json.parseObject(get("/health")).get("status"));
        assertFalse(metrics.contains(String.valueOf(nym.get("dest"))));
    }

    @Test
    @DisplayName("More connections than one peer may have are shut at once; when others go, a client is taken again")
    void tooManyConnections() throws IOException, JsonException, InterruptedException {
        node.close();
        NodeSettings few =
                new NodeSettings(folder, TestLedger.HOST, settings.clientPort(), settings.healthPort(), 20, 10);
        node = LedgerNode.start(few, Clock.systemUTC());
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), few.clientPort()));
            }
            boolean shut = false;
            for (int tries = 0; tries < 20 && !shut; tries++) {
                Socket more = new Socket(InetAddress.getLoopbackAddress(), few.clientPort());
                sockets.add(more);
                shut = isShut(more);
            }
            assertTrue(shut);
            assertFalse(get("/metrics").contains("elicence_ledger_connections_refused_total 0\n"));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        try (TestClient late = new TestClient(node.genesis(), few.clientPort(), 60_000)) {
            assertEquals(
                    "REPLY",
                    late.ask(TestClient.signed(trustee, newNym())).orElseThrow().get("op"));
        }
    }

    /** One that is taken gets the greeting of ZMTP and then hears no more for a while. */
    private static boolean isShut(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(2_000);
            while (true) {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + TestLedger.HOST + ":" + settings.healthPort() + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertEquals(200, response.statusCode());
            return response.body();
        }
    }

    private SigningSeed endorser() throws JsonException {
        SigningSeed key = newSeed();
        Map<String, Object> operation = TestClient.nym(key.did(), key.verkey());
        operation.put("role", "101");
        assertEquals(
                "REPLY",
                client.ask(TestClient.signed(trustee, operation)).orElseThrow().get("op"));
        return key;
    }

    private static Map<String, Object> newNym() {
        SigningSeed key = newSeed();
        return TestClient.nym(key.did(), key.verkey());
    }

    private static SigningSeed newSeed() {
        return SigningSeed.generate(new SecureRandom());
    }
}
