package city.elicence.node.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The authenticated map: what it holds, its root, and its proofs. */
final class TrieTest {
    @Test
    @DisplayName("The blank trie: root is SHA3-256 of the empty string in RLP, and proves that a key is absent")
    void blank() {
        assertEquals(
                HexFormat.of().formatHex(TrieNode.sha3(new byte[] {(byte) 0x80})),
                HexFormat.of().formatHex(Trie.empty().rootHash()));
        byte[] key = bytes("2:latest");
        assertEquals(
                Optional.empty(),
                new ProofReader(Trie.empty().proof(key)).value(Trie.empty().rootHash(), key));
    }

    @RepeatedTest(40)
    @DisplayName(
            "Any keys in any order: values are found, proofs hold for present and absent keys, the root is that of the"
                    + " content")
    void random(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, String> content = new TreeMap<>();
        for (int i = random.nextInt(120); i >= 0; i--) {
            content.put(randomKey(random), "v".repeat(1 + random.nextInt(60)) + i);
        }
        Trie trie = filled(content, random);
        assertArrayEquals(filled(content, random).rootHash(), trie.rootHash(), "the order of writing leaves no trace");
        content.forEach((key, value) -> {
            assertEquals(Optional.of(value), trie.get(bytes(key)));
            assertEquals(
                    Optional.of(value), new ProofReader(trie.proof(bytes(key))).value(trie.rootHash(), bytes(key)));
        });
        for (int i = 0; i < 50; i++) {
            String key = randomKey(random);
            Optional<String> expected = Optional.ofNullable(content.get(key));
            assertEquals(expected, trie.get(bytes(key)));
            assertEquals(expected, new ProofReader(trie.proof(bytes(key))).value(trie.rootHash(), bytes(key)));
        }
    }

    @RepeatedTest(20)
    @DisplayName("What is removed leaves no trace in the root")
    void removed(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, String> content = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            content.put(randomKey(random), "value " + i);
        }
        Trie before = filled(content, random);
        Trie trie = before;
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String key = randomKey(random);
            if (!content.containsKey(key)) {
                added.add(key);
                trie = trie.with(bytes(key), "for a while");
            }
        }
        for (String key : added) {
            trie = trie.without(bytes(key));
        }
        assertArrayEquals(before.rootHash(), trie.rootHash());
    }

    @Test
    @DisplayName("A flipped bit in a proof is never accepted")
    void forged() {
        Trie trie = Trie.empty();
        for (int i = 0; i < 50; i++) {
            trie = trie.with(StateKeys.nym("did " + i), "{\"verkey\":\"key " + i + "\"}");
        }
        byte[] key = StateKeys.nym("did 7");
        byte[] proof = trie.proof(key);
        byte[] root = trie.rootHash();
        Optional<String> right = Optional.of("{\"verkey\":\"key 7\"}");
        assertEquals(right, new ProofReader(proof).value(root, key));
        for (int bit = 0; bit < proof.length * 8; bit++) {
            byte[] forged = proof.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            if (bit / 8 >= 3) {
                assertThrows(RuntimeException.class, () -> new ProofReader(forged).value(root, key), "bit " + bit);
            }
        }
    }

    @Test
    @DisplayName("A trie does not change when a new one is made from it")
    void persistent() {
        Trie first = Trie.empty().with(bytes("a"), "1");
        byte[] root = first.rootHash();
        Trie second = first.with(bytes("a"), "2").with(bytes("ab"), "3");
        assertEquals(Optional.of("1"), first.get(bytes("a")));
        assertArrayEquals(root, first.rootHash());
        assertFalse(Arrays.equals(root, second.rootHash()));
    }

    private static Trie filled(Map<String, String> content, Random random) {
        List<String> keys = new ArrayList<>(content.keySet());
        Collections.shuffle(keys, random);
        Trie trie = Trie.empty();
        for (String key : keys) {
            trie = trie.with(bytes(key), String.valueOf(content.get(key)));
        }
        return trie;
    }

    /** Short keys of few letters, so that many share beginnings and some are the beginning of others. */
    private static String randomKey(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            key.append("abp1".charAt(random.nextInt(4)));
        }
        return key.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
