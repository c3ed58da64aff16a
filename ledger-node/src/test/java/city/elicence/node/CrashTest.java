package city.elicence.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.node.genesis.Genesis;
import city.elicence.node.keys.SigningSeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node in a process of its own, killed at random moments while it is written to. A round costs the start of a JVM, about a second of
 * processor time; {@code -Dcrash.rounds=200} for the long run.
 */
final class CrashTest {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 12);
    private static final int IN_FLIGHT = 20;
    /** Reached only when something is wrong: a JVM on a busy machine may need half a minute until it answers. */
    private static final int ANSWER_MILLIS = 120_000;

    @TempDir
    private Path folder;

    /** What a client was told, by DID. */
    private final Map<String, Long> acknowledged = new LinkedHashMap<>();

    @Test
    @Tag("slow")
    @DisplayName(
            "kill -9 at any moment: every write that was acknowledged is there afterwards, under the number that was"
                    + " acknowledged")
    void killed() throws Exception {
        NodeSettings settings = TestLedger.create(folder);
        Genesis genesis = Genesis.open(folder);
        Random random = new Random(20261123);
        for (int round = 0; round < ROUNDS; round++) {
            Process node = start(settings);
            try (TestClient client = new TestClient(genesis, settings.clientPort(), ANSWER_MILLIS)) {
                writeUntilKilled(client, genesis.trustee(), node, random);
            } finally {
                node.destroyForcibly().waitFor();
            }
        }
        try (LedgerNode node = LedgerNode.start(settings, Clock.systemUTC());
                TestClient client = new TestClient(genesis, settings.clientPort(), ANSWER_MILLIS)) {
            assertTrue(acknowledged.size() > ROUNDS, "the test wrote something");
            assertTrue(node.size() >= acknowledged.size() + 2);
            for (Map.Entry<String, Long> told : acknowledged.entrySet()) {
                assertEquals(told.getValue(), seqNo(client, told.getKey()), told.getKey());
            }
        }
        assertEquals(List.of(), LedgerFiles.verify(folder).problems());
    }

    private void writeUntilKilled(TestClient client, SigningSeed trustee, Process node, Random random)
            throws IOException, JsonException, InterruptedException {
        // The first answer shows that the node is up; from then on it has a little time left to live.
        write(client, trustee, 1);
        assertTrue(read(client, 1) == 1, "the node answers after a crash");
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(400_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // On this platform that is kill -9.
            node.destroyForcibly();
        });
        while (node.isAlive()) {
            write(client, trustee, IN_FLIGHT);
            if (read(client, IN_FLIGHT, node) < IN_FLIGHT) {
                break;
            }
        }
        killer.join();
    }

    private static void write(TestClient client, SigningSeed trustee, int count) {
        for (int i = 0; i < count; i++) {
            SigningSeed key = SigningSeed.generate(new SecureRandom());
            Map<String, Object> request = TestClient.signed(trustee, TestClient.nym(key.did(), key.verkey()));
            client.send(Json.write(request).getBytes(StandardCharsets.UTF_8));
        }
    }

    private int read(TestClient client, int count) throws JsonException {
        int replies = 0;
        while (replies < count) {
            Optional<String> message = client.receive();
            if (message.isEmpty()) {
                break;
            }
            replies += note(message.get());
        }
        return replies;
    }

    /** Reads until all replies are there or the node is dead and nothing more comes. */
    private int read(TestClient client, int count, Process node) throws JsonException {
        int replies = 0;
        client.timeout(200);
        while (replies < count) {
            Optional<String> message = client.receive();
            if (message.isPresent()) {
                replies += note(message.get());
            } else if (!node.isAlive()) {
                break;
            }
        }
        client.timeout(ANSWER_MILLIS);
        return replies;
    }

    private int note(String message) throws JsonException {
        Map<String, Object> answer = Json.parseObject(message);
        if (!"REPLY".equals(answer.get("op"))) {
            assertEquals("REQACK", answer.get("op"), message);
            return 0;
        }
        var result = Fields.of(answer).fields("result");
        String dest = result.fields("txn").fields("data").string("dest");
        acknowledged.put(dest, result.fields("txnMetadata").longValue("seqNo"));
        return 1;
    }

    private static long seqNo(TestClient client, String did) throws JsonException {
        Map<String, Object> operation = Map.of("type", "105", "dest", did);
        Map<String, Object> answer = client.ask(TestClient.request("LibindyDid111111111111", operation))
                .orElseThrow(() -> new AssertionError("no answer about " + did));
        return Fields.of(answer).fields("result").longValue("seqNo");
    }

    private static Process start(NodeSettings settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                LedgerCommand.class.getName(),
                "run",
                settings.dataFolder().toString(),
                Integer.toString(settings.clientPort())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(settings.dataFolder().resolve("node.log").toFile())
                .start();
    }
}
