package city.elicence.credentials.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The vectors for RFC 6962, which hashes as RFC 9162 does. Those of the folders subtreeinclusion and subtreeconsistency are not
 * run: RFC 9162 has no proofs of subtrees.
 */
class MerkleProofTest {
    @TestFactory
    @DisplayName("RFC 9162 §2.1.3.2: verifying an inclusion proof, with others' vectors")
    List<DynamicTest> inclusion() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Fields vector : vectors("inclusion")) {
            tests.add(DynamicTest.dynamicTest(
                    vector.string("desc"),
                    () -> assertEquals(!vector.bool("wantErr"), isIncluded(vector), vector.string("desc"))));
        }
        assertEquals(98, tests.size());
        return tests;
    }

    @TestFactory
    @DisplayName("RFC 9162 §2.1.4.2: verifying consistency between two tree heads, with others' vectors")
    List<DynamicTest> consistency() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Fields vector : vectors("consistency")) {
            tests.add(DynamicTest.dynamicTest(
                    vector.string("desc"),
                    () -> assertEquals(!vector.bool("wantErr"), isConsistent(vector), vector.string("desc"))));
        }
        assertEquals(98, tests.size());
        return tests;
    }

    private static boolean isIncluded(Fields vector) throws JsonException {
        try {
            return MerkleProof.isIncluded(
                    hash(vector.string("leafHash")),
                    leafIndex(vector),
                    vector.longValue("treeSize"),
                    path(vector),
                    hash(vector.string("root")));
        } catch (IllegalArgumentException notAHash) {
            return false;
        }
    }

    private static boolean isConsistent(Fields vector) throws JsonException {
        try {
            return MerkleProof.isConsistent(
                    vector.longValue("size1"),
                    hash(vector.string("root1")),
                    vector.longValue("size2"),
                    hash(vector.string("root2")),
                    path(vector));
        } catch (IllegalArgumentException notAHash) {
            return false;
        }
    }

    /** The vectors are unsigned: 2^64 - 1 stands for -1. */
    private static long leafIndex(Fields vector) throws JsonException {
        return vector.map().get("leafIdx") instanceof BigInteger big ? big.longValue() : vector.longValue("leafIdx");
    }

    private static List<MerkleHash> path(Fields vector) throws JsonException {
        List<MerkleHash> path = new ArrayList<>();
        if (vector.map().get("proof") != null) {
            for (String node : vector.strings("proof")) {
                path.add(hash(node));
            }
        }
        return path;
    }

    private static MerkleHash hash(String base64) {
        byte[] octets = Base64.getDecoder().decode(base64);
        // Vectors that are about sizes alone have "don't care 1" for a root, which is none: any hash will do.
        boolean anyHash = new String(octets, StandardCharsets.US_ASCII).startsWith("don't care");
        return anyHash ? MerkleHash.ofLeaf(octets) : MerkleHash.of(octets);
    }

    private static List<Fields> vectors(String kind) throws IOException, JsonException {
        List<Fields> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Vectors.folder("merkle-rfc6962").resolve(kind))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                vectors.add(Fields.parse(Vectors.read(file)));
            }
        }
        return vectors;
    }
}
