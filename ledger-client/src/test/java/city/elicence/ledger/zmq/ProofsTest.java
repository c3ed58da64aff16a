package city.elicence.ledger.zmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Only what the nodes signed is believed")
class ProofsTest {

    private static final Instant RECORDED = Instant.ofEpochSecond(1795447077);
    private static final String PARTY = "V1QqjobagY5xtuXWBhWnfd";
    private static final String AUTHORITY = "Uazh2FFBJm5DNLNdNTNVFw";

    private static Proofs proofs(Instant now) throws IOException {
        return new Proofs(new SignedRoots(
                GenesisPool.read(List.of(text("genesis.jsonl").strip())),
                Duration.ofMinutes(5),
                Clock.fixed(now, ZoneOffset.UTC)));
    }

    private static Fields check(String name, Proofs proofs, Fields result) throws JsonException {
        return switch (name) {
            case "nym" -> proofs.nym(PARTY, result);
            case "nym-of-genesis" -> proofs.nym(AUTHORITY, result);
            case "nym-absent" -> proofs.nym("VnEjvL6j3TSJKdBPhaP8GV", result);
            case "attribute" -> proofs.attribute(PARTY, "log", result);
            case "attribute-absent" -> proofs.attribute(PARTY, "nothing", result);
            case "schema" -> proofs.schema(AUTHORITY, "driving-licence", "1.0", result);
            case "transaction" -> proofs.transaction(7, result);
            case "transaction-attribute" -> proofs.transaction(6, result);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @DisplayName("what was recorded is proven; absence too")
    @ValueSource(
            strings = {
                "nym",
                "nym-of-genesis",
                "nym-absent",
                "attribute",
                "attribute-absent",
                "schema",
                "transaction",
                "transaction-attribute"
            })
    void holds(String name) throws Exception {
        Fields proven = check(name, proofs(RECORDED), result(name));
        assertEquals(name.endsWith("absent"), proven.map().isEmpty());
        if (!proven.map().isEmpty()) {
            assertEquals(result(name).map().get("seqNo"), proven.map().get("seqNo"));
        }
    }

    @ParameterizedTest
    @DisplayName("one character changed anywhere is refused, or changes nothing of what is believed")
    @ValueSource(strings = {"nym", "nym-absent", "attribute", "attribute-absent", "schema", "transaction-attribute"})
    void oneCharacter(String name) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode());
        Object proven = believed(name, check(name, proofs(RECORDED), result(name)));
        // One for all, so that what is remembered of good signatures is part of the test.
        Proofs proofs = proofs(RECORDED);
        check(name, proofs, result(name));
        String whole = text(name + ".json");
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            int at = random.nextInt(whole.length());
            char changed = "0123456789abcdefXYZ+/".charAt(random.nextInt(21));
            if (whole.charAt(at) == changed) {
                continue;
            }
            String tampered = whole.substring(0, at) + changed + whole.substring(at + 1);
            try {
                Object believed = believed(name, check(name, proofs, Fields.parse(tampered)));
                assertEquals(proven, believed, () -> "changed at " + at + " to " + changed);
            } catch (JsonException | IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 40, "only " + refused + " were refused");
    }

    /** Of a transaction its content and tree; of the rest all. */
    private static Object believed(String name, Fields proven) throws JsonException {
        return name.startsWith("transaction") ? proven.object("data") : proven.map();
    }

    @Test
    @DisplayName("a proof of one thing does not prove another")
    void swapped() throws Exception {
        Proofs proofs = proofs(RECORDED);
        assertRefused(() -> proofs.nym(PARTY, result("nym-of-genesis")));
        assertRefused(() -> proofs.nym(PARTY, result("attribute-absent")));
        assertRefused(() -> proofs.attribute(PARTY, "log", result("nym")));
        assertRefused(() -> proofs.transaction(7, result("transaction-attribute")));
        assertRefused(() -> proofs.nym(PARTY, result("transaction")));
    }

    @Test
    @DisplayName("a signature that is too old, or of the future, is not believed")
    void age() throws Exception {
        assertRefused(() -> proofs(RECORDED.plusSeconds(302)).nym(PARTY, result("nym")));
        assertRefused(() -> proofs(RECORDED.minusSeconds(302)).nym(PARTY, result("nym")));
    }

    @Test
    @DisplayName("of four nodes three must sign: one does not do, even if it signs for all")
    void tooFewSigners() throws Exception {
        String line = text("genesis.jsonl").strip();
        List<String> four = new ArrayList<>(List.of(line));
        for (int node = 2; node <= 4; node++) {
            four.add(line.replace("Node1", "Node" + node)
                    .replaceFirst(
                            "\"dest\":\"....", "\"dest\":\"" + "1234".repeat(1).replace('1', (char) ('0' + node))));
        }
        GenesisPool pool = GenesisPool.read(four);
        assertEquals(4, pool.nodes().size());
        Proofs proofs = new Proofs(new SignedRoots(pool, Duration.ofMinutes(5), Clock.fixed(RECORDED, ZoneOffset.UTC)));
        assertRefused(() -> proofs.nym(PARTY, result("nym")));
        Map<String, Object> forged = new LinkedHashMap<>(result("nym").map());
        String asAll = Json.write(forged)
                .replace("\"participants\":[\"Node1\"]", "\"participants\":[\"Node1\",\"Node2\",\"Node3\"]");
        assertRefused(() -> proofs.nym(PARTY, Fields.parse(asAll)));
    }

    private interface Checking {
        Fields run() throws Exception;
    }

    private static void assertRefused(Checking checking) {
        Exception refused = assertThrows(Exception.class, checking::run);
        assertTrue(refused instanceof JsonException || refused instanceof IllegalArgumentException, refused::toString);
    }

    private static Fields result(String name) throws Exception {
        return Fields.parse(text(name + ".json"));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ProofsTest.class.getResourceAsStream("/proofs/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
